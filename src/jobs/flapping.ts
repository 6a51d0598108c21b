import type { Verdict } from '../domain/attribution/verdict.ts';
import { FLAPPING_MS, flappingGroup, flappingLicenses, isFlip } from '../domain/incident/flapping.ts';
import type { Incident } from '../domain/incident/incident.ts';
import { joinIncident, openIncident } from '../domain/incident/life-cycle.ts';
import type { LicenseChange } from '../domain/license/change.ts';
import type { ExplainedChange } from '../domain/ports.ts';
import type { JobContext } from './context.ts';

/** Among so many incidents the one of a fight that goes on is found. */
const RECENT_INCIDENTS = 200;

/** An incident to be written, and as it is stored; null where it is new. */
type Told = { before: Incident | null; incident: Incident };

/**
 * Takes licenses that go and come out of what is told: the third flip within a day opens one incident with
 * all flips, and each later flip joins it, also when it had been put right or approved meanwhile. We fight with
 * nobody: what we did ourselves is never what makes it one, and what an undo of ours took is no flip at all.
 * @param changes the changes of one read
 * @param verdicts one for each, in the same order
 * @returns the incidents, new or changed, and the ids of the changes that are told by them
 */
export async function tellFlapping(
  context: JobContext,
  changes: readonly LicenseChange[],
  verdicts: readonly Verdict[],
): Promise<{ incidents: Told[]; changeIds: Set<string> }> {
  const flips = changes.filter((change, index) => isFlip(change) && !isOurs(verdicts[index]));
  const incidents: Told[] = [];
  const changeIds = new Set<string>();
  if (flips.length === 0) return { incidents, changeIds };
  const earlier = (await flipsOfTheDay(context, flips)).filter(
    ({ change, verdict }) => change.kind !== 'lost' || !isOurs(verdict),
  );
  const verdictOf = new Map<string, Verdict | null>([
    ...earlier.map(({ change, verdict }) => [change.id, verdict] as const),
    ...changes.map((change, index) => [change.id, verdicts[index] ?? null] as const),
  ]);
  const licenses = flappingLicenses(
    flips,
    earlier.map(({ change }) => change),
  ).flat();
  for (const [skuId, ofSku] of Map.groupBy(licenses, (change) => change.skuId)) {
    if (skuId === null) continue;
    for (const { id } of ofSku) changeIds.add(id);
    const group = flappingGroup(
      skuId,
      ofSku.map((change) => ({ change, verdict: verdictOf.get(change.id) ?? null })),
    );
    const now = context.clock.now();
    const ids = ofSku.map(({ id }) => id);
    const existing = await ongoing(context, group.fingerprint, now);
    if (!existing) {
      incidents.push({ before: null, incident: openIncident(group, ids, context.newId(), now) });
    } else if (existing.status !== 'approved') {
      incidents.push({ before: existing, incident: joinIncident(existing, group, ids, now) });
    }
  }
  return { incidents, changeIds };
}

const isOurs = (verdict: Verdict | null | undefined): boolean => verdict?.cause === 'license-watch';

async function flipsOfTheDay(
  { store }: JobContext,
  flips: readonly LicenseChange[],
): Promise<ExplainedChange[]> {
  const oldest = Math.min(...flips.map(({ observedAfter }) => observedAfter));
  return store.changes.find({
    userIds: [...new Set(flips.flatMap(({ userId }) => userId ?? []))],
    skuIds: [...new Set(flips.flatMap(({ skuId }) => skuId ?? []))],
    kinds: ['lost', 'gained'],
    from: oldest - FLAPPING_MS,
  });
}

/** The incident of this fight, whatever became of it, unless it has been quiet for a day. */
async function ongoing({ store }: JobContext, fingerprint: string, now: number): Promise<Incident | null> {
  const recent = await store.incidents.recent(RECENT_INCIDENTS);
  return (
    recent.find(
      (incident) => incident.fingerprint === fingerprint && now - incident.updatedAt <= FLAPPING_MS,
    ) ?? null
  );
}
