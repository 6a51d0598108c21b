import type { Verdict } from '../../domain/attribution/verdict.ts';
import { fingerprintOf } from '../../domain/incident/fingerprint.ts';
import {
  FLAPPING_MS,
  flappingGroup,
  flappingLicenses,
  isSideOfFight,
} from '../../domain/incident/flapping.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { joinIncident, openIncident } from '../../domain/incident/life-cycle.ts';
import type { LicenseChange } from '../../domain/license/change.ts';
import type { ExplainedChange } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';

/** Among so many incidents the one of a fight that goes on is found. */
const RECENT_INCIDENTS = 200;

/** An incident to be written, and as it is stored; null where it is new. */
type Told = { before: Incident | null; incident: Incident };

/** The fights of a read, the changes that are part of one, and those of a fight that an operator approved. */
export type Flapping = { incidents: Told[]; changeIds: Set<string>; approvedIds: Set<string> };

/**
 * Takes licenses that go and come out of what is told: the third flip within a day opens one incident with
 * all flips, and each later flip joins it, also when it had been put right or approved meanwhile. Only automations
 * fight: what a person did, by our buttons or elsewhere, makes none, so that what was given back and is lost again
 * is told as a loss. One loss of many stays one card: most of those who lose it with the others decide which.
 * @param changes the changes of one read
 * @param verdicts one for each, in the same order
 * @returns the incidents, new or changed, and the ids of the changes that are told by them
 */
export async function tellFlapping(
  context: JobContext,
  changes: readonly LicenseChange[],
  verdicts: readonly Verdict[],
): Promise<Flapping> {
  const flips = changes.filter((change, index) => isSideOfFight(change, verdicts[index] ?? null));
  const incidents: Told[] = [];
  const changeIds = new Set<string>();
  const approvedIds = new Set<string>();
  if (flips.length === 0) return { incidents, changeIds, approvedIds };
  const earlier = (await flipsOfTheDay(context, flips)).filter(({ change, verdict }) =>
    isSideOfFight(change, verdict),
  );
  const verdictOf = new Map<string, Verdict | null>([
    ...earlier.map(({ change, verdict }) => [change.id, verdict] as const),
    ...changes.map((change, index) => [change.id, verdicts[index] ?? null] as const),
  ]);
  const fighting = flappingLicenses(
    flips,
    earlier.map(({ change }) => change),
  ).flat();
  const licenses = lostTogether(fighting, flips, verdictOf);
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
    } else for (const id of ids) approvedIds.add(id);
  }
  return { incidents, changeIds, approvedIds };
}

/**
 * The flips to tell as a fight, where some of those who lost a product by one act in one read are fought about and
 * others are not: all of them when the former are as many or more, else none.
 */
function lostTogether(
  fighting: readonly LicenseChange[],
  flips: readonly LicenseChange[],
  verdictOf: ReadonlyMap<string, Verdict | null>,
): LicenseChange[] {
  const told = new Map(fighting.map((change) => [change.id, change]));
  const fresh = flips.filter(({ kind }) => kind === 'lost');
  const actOf = (change: LicenseChange): string => {
    const verdict = verdictOf.get(change.id);
    return `${change.skuId}|${verdict ? fingerprintOf(change, verdict, change.scanId) : ''}`;
  };
  for (const losses of Map.groupBy(fresh, actOf).values()) {
    const fought = losses.filter(({ id }) => told.has(id));
    if (fought.length === 0 || fought.length === losses.length) continue;
    if (fought.length * 2 >= losses.length) {
      for (const change of losses) told.set(change.id, change);
    } else {
      const calmed = new Set(fought.map(({ userId, skuId }) => `${userId}|${skuId}`));
      for (const { id, userId, skuId } of fighting) if (calmed.has(`${userId}|${skuId}`)) told.delete(id);
    }
  }
  return [...told.values()];
}

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
