import type { Incident } from '../../domain/incident/incident.ts';
import { progressIncident } from '../../domain/incident/life-cycle.ts';
import { restoredUsers } from '../../domain/incident/restored.ts';
import type { JobContext } from '../context.ts';
import { voidRequest } from '../decisions/void-request.ts';
import { commitNoted, updateNote } from '../outgoing/alert-notes.ts';
import { cardFor } from '../outgoing/outgoing.ts';
import { presentUsers } from '../present-users.ts';

/**
 * Compares every open incident with the stored state: who has everything back. Whoever gave it back, the
 * card says so; an incident whose users are all restored is over. A user with steps under way is not judged
 * before they are done.
 * @returns how many incidents moved on
 */
export async function verify(context: JobContext): Promise<number> {
  const { store, clock } = context;
  const { skus } = await store.users.tenant();
  const underWay = new Set((await store.decisions.openSteps()).flatMap((step) => step.userIds));
  let moved = 0;
  for (const incident of await store.incidents.open()) {
    const changes = (await store.changes.byIds(incident.changeIds)).map(({ change }) => change);
    const present = await presentUsers(context, incident.userIds);
    const holding = settled(incident, restoredUsers(changes, present, skus), underWay);
    const now = clock.now();
    const next: Incident = progressIncident(incident, holding, now);
    if (next === incident) continue;
    context.onStep('verify:before-commit');
    const committed = await commitNoted(context, {
      incidents: [next],
      verdicts: [],
      settled: [],
      outbox: [cardFor(next, now)],
      alerts: [updateNote(incident, next)],
      decisions: voidRequest(context, incident, next, 'The licenses came back before anybody confirmed it.'),
    });
    if (committed) moved++;
  }
  return moved;
}

/**
 * Those who hold everything and may be judged by it. Whose undo is under way still counts as holding: only who
 * was seen without the license can be restored afterwards.
 */
const settled = (
  { restoredUserIds, undoneUserIds }: Incident,
  holding: ReadonlySet<string>,
  underWay: ReadonlySet<string>,
): Set<string> =>
  new Set(
    [...holding].filter(
      (id) => !underWay.has(id) || restoredUserIds.includes(id) || undoneUserIds.includes(id),
    ),
  );
