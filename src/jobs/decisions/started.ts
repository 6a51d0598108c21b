import type { AskedChange, AskedFor } from '../../domain/restore/requests/asked-change.ts';
import type { SecondOperator } from '../../domain/restore/requests/asked-view.ts';
import type { RequestPlan } from '../../domain/restore/requests/request-sentence.ts';
import type { Refused } from './decided.ts';

/**
 * `started` names the decision whose steps are carried out; `waiting`: a second operator was asked; `needs-second`: one
 * is needed, and nothing was done yet; `shown-again`: the plan is to be looked at and pressed again, for the reason that
 * `notice` says; `refused` says in a sentence why nothing changed.
 */
export type Started =
  | { kind: 'started'; decisionId: string }
  | { kind: 'waiting'; asked: AskedChange }
  | NeedsSecond
  | { kind: 'shown-again'; notice: string; plan: RequestPlan; second: SecondOperator }
  | Refused;

export type NeedsSecond = { kind: 'needs-second'; asked: AskedFor; plan: RequestPlan };
