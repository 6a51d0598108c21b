import { attribute } from '../domain/attribution/attribute.ts';
import { groupIntoIncidents } from '../domain/incident/group.ts';
import { explainIncident } from '../domain/incident/life-cycle.ts';
import type { JobContext } from './context.ts';
import { gatherEvidence } from './evidence.ts';
import { cardFor } from './notify.ts';

/**
 * Looks again at open incidents that are not explained: a late record may have arrived, or the logs may be
 * complete by now. A new answer is a new revision of the verdict, and edits the card.
 * @returns how many incidents have a new answer
 */
export async function review(context: JobContext): Promise<number> {
  const { store, clock } = context;
  let revised = 0;
  for (const incident of await store.incidents.open()) {
    if (incident.level !== 'unexplained' && incident.level !== 'unrecorded') continue;
    const explained = await store.changes.byIds(incident.changeIds);
    const changes = explained.map(({ change }) => change);
    if (changes.length === 0) continue;
    const verdicts = attribute(changes, await gatherEvidence(context, changes));
    const groups = groupIntoIncidents(changes, verdicts, changes[0]?.scanId ?? '');
    const now = clock.now();
    // The card follows the cause that explains most of its users; each user's own verdict is kept as it is.
    const largest = groups.toSorted((a, b) => b.changes.length - a.changes.length)[0];
    const next = largest ? explainIncident(incident, largest, now) : incident;
    const changed = verdicts.flatMap((verdict, index) => {
      const old = explained[index]?.verdict;
      const changeId = changes[index]?.id;
      const same =
        old?.level === verdict.level &&
        old.cause === verdict.cause &&
        old.evidence.length === verdict.evidence.length;
      return same || changeId === undefined ? [] : [{ changeId, at: now, verdict }];
    });
    if (next === incident && changed.length === 0) continue;
    const committed = await store.incidents.commit({
      incidents: next === incident ? [] : [next],
      verdicts: changed,
      settled: [],
      outbox: next === incident ? [] : [cardFor(next, now)],
    });
    if (committed) revised++;
  }
  return revised;
}
