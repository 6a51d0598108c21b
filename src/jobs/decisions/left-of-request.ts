import type { Decision } from '../../domain/incident/decision.ts';
import { UNDO_WITHIN_MS } from '../../domain/incident-view/undo-offer.ts';
import { undosOf } from '../../domain/restore/left-to-undo.ts';
import { isGroupLicenseKind, REQUEST_KINDS } from '../../domain/restore/requests/request-kind.ts';
import type { PlannedStep, RestoreStep } from '../../domain/restore/step.ts';
import { NOT_A_WHOLE_GROUP } from './beyond.ts';
import { type DecisionContext, type Refused, refuse } from './decided.ts';
import { toTakeBack } from './to-take-back.ts';

/** What an undo of a change of licenses writes, and how many undos there were before. */
export type LeftOfRequest = {
  kind: 'left';
  of: Decision;
  steps: PlannedStep[];
  /** What these steps take back. */
  done: RestoreStep[];
  userIds: string[];
  undos: number;
};

/** Finds what is left to take back of licenses that were given or taken on request, by the rules of every undo. */
export async function leftOfRequest(
  deciding: Pick<DecisionContext, 'context' | 'access' | 'now'>,
  decisionId: string,
): Promise<LeftOfRequest | Refused> {
  const { decisions } = deciding.context.store;
  const [decision] = await decisions.byIds([decisionId]);
  if (!decision || decision.incidentId !== null || !isRequest(decision)) {
    return refuse('I do not know this change of licenses.');
  }
  // What a group gives reaches people beyond any unit.
  if (deciding.access.acts !== null && isGroupLicenseKind(decision.kind)) return refuse(NOT_A_WHOLE_GROUP);
  const undos = await undosSoFar(deciding, decision);
  const done = await decisions.stepsOf(decision.id);
  const steps = [...done];
  for (const { id } of undos) steps.push(...(await decisions.stepsOf(id)));
  const back = toTakeBack(deciding, decision, undos, steps);
  if (back.kind === 'refused') return back;
  return { kind: 'left', of: decision, steps: back.steps, done, userIds: back.userIds, undos: undos.length };
}

const REQUESTS: ReadonlySet<Decision['kind']> = new Set(REQUEST_KINDS);
const isRequest = ({ kind }: Decision): boolean => REQUESTS.has(kind);

async function undosSoFar(
  { context }: Pick<DecisionContext, 'context'>,
  { id, at }: Decision,
): Promise<Decision[]> {
  const found: Decision[] = [];
  for await (const chunk of context.store.decisions.between(at, at + UNDO_WITHIN_MS + 1)) {
    found.push(...undosOf(id, chunk));
  }
  return found;
}
