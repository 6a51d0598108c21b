import type { Access } from '../../domain/access/access.ts';
import type { Person } from '../../domain/access/person.ts';
import { UNDO_WITHIN_MS } from '../../domain/incident-view/undo-offer.ts';
import type { Asking } from '../../domain/restore/requests/asked-change.ts';
import { skusOf } from '../../domain/restore/step.ts';
import type { JobContext } from '../context.ts';
import { askForChange, needsSecondFirst, secondOperator } from './ask-for-change.ts';
import { start } from './change-licenses.ts';
import { type DecisionContext, decisionOf, refuse } from './decided.ts';
import { leftOfRequest } from './left-of-request.ts';
import { planAsked } from './plan-asked.ts';
import type { Started } from './started.ts';

/**
 * Takes back licenses that were given or taken on request, by the rules of every undo, or asks a second operator to
 * confirm that. What an undo could not take back another one may. That the person has the role is checked by the
 * caller; which users it may concern, here.
 * @param asking where it is asked for, by the person who presses to ask a second operator
 */
export async function undoRequest(
  context: JobContext,
  decisionId: string,
  by: Person,
  access: Access,
  asking: Asking | null = null,
): Promise<Started> {
  const deciding: DecisionContext = { context, by, access, now: context.clock.now() };
  const left = await leftOfRequest(deciding, decisionId);
  if (left.kind === 'refused') return left;
  const { userIds, steps, of } = left;
  const skuIds = [...new Set(steps.flatMap(({ action }) => skusOf(action)))];
  const group = of.group ? { group: of.group } : {};
  const asked = { kind: 'undo' as const, userIds, skuIds, ...group, undoes: of.id };
  const second = await secondOperator(deciding, userIds);
  if (asking !== null || second !== 'not-needed') {
    const made = await planAsked(deciding, asked);
    if (made.kind === 'refused') return made;
    return asking === null
      ? needsSecondFirst(second, asked, made.plan)
      : askForChange(deciding, asked, made.plan, asking, of.at + UNDO_WITHIN_MS);
  }
  // Of two who press at once, one finds the id taken: a unique key is all that stands between them.
  const id = `${of.id}:undo-${left.undos + 1}`;
  const taken = decisionOf(deciding, { id, kind: 'undo', incidentId: null, userIds, about: of.id, ...group });
  return (await start(deciding, taken, steps))
    ? { kind: 'started', decisionId: id }
    : refuse('Somebody else has just undone this.');
}
