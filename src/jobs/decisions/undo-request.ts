import type { Access } from '../../domain/access/access.ts';
import type { Person } from '../../domain/access/person.ts';
import type { Decision } from '../../domain/incident/decision.ts';
import { UNDO_WITHIN_MS } from '../../domain/incident/view/undo-offer.ts';
import { undosOf } from '../../domain/restore/left-to-undo.ts';
import type { JobContext } from '../context.ts';
import { SECOND, type Started, start } from './change-licenses.ts';
import { decisionOf, refuse, type Taking } from './decided.ts';
import { needsSecond } from './second-approval.ts';
import { toTakeBack } from './to-take-back.ts';

/**
 * Takes back licenses that were given or taken on request, by the rules of every undo. What an undo could not take
 * back another one may. That the person has the role is checked by the caller; whom it may concern, here.
 */
export async function undoRequest(
  context: JobContext,
  decisionId: string,
  by: Person,
  access: Access,
): Promise<Started> {
  const taking: Taking = { context, by, access, now: context.clock.now() };
  const [decision] = await context.store.decisions.byIds([decisionId]);
  if (!decision || decision.incidentId !== null || !isRequest(decision)) {
    return refuse('I do not know this change of licenses.');
  }
  const undos = await undosSoFar(taking, decision);
  const steps = [];
  for (const { id } of [decision, ...undos]) steps.push(...(await context.store.decisions.stepsOf(id)));
  const back = toTakeBack(taking, decision, undos, steps);
  if (back.kind === 'refused') return back;
  const { userIds } = back;
  if (await needsSecond(taking, userIds)) return refuse(SECOND);
  // Of two who press at once, one finds the id taken: a unique key is all that stands between them.
  const id = `${decision.id}:undo-${undos.length + 1}`;
  const taken = decisionOf(taking, { id, kind: 'undo', incidentId: null, userIds, about: decision.id });
  return (await start(taking, taken, back.steps))
    ? { kind: 'started', decisionId: id }
    : refuse('Somebody else has just undone this.');
}

const isRequest = ({ kind }: Decision): boolean => kind === 'assign' || kind === 'remove';

async function undosSoFar({ context }: Taking, { id, at }: Decision): Promise<Decision[]> {
  const found: Decision[] = [];
  for await (const chunk of context.store.decisions.between(at, at + UNDO_WITHIN_MS + 1)) {
    found.push(...undosOf(id, chunk));
  }
  return found;
}
