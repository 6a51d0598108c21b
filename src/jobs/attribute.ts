import { attribute } from '../domain/attribution/attribute.ts';
import type { Verdict } from '../domain/attribution/verdict.ts';
import { groupIntoIncidents, type IncidentGroup } from '../domain/incident/group.ts';
import type { Incident } from '../domain/incident/incident.ts';
import { isFresh, joinIncident, openIncident, sealIncident } from '../domain/incident/life-cycle.ts';
import { settle } from '../domain/incident/settle.ts';
import type { LicenseChange } from '../domain/license/change.ts';
import { swapFit } from '../domain/license/swap.ts';
import type { UserState } from '../domain/license/user-state.ts';
import type { OutboxItem } from '../domain/ports.ts';
import type { JobContext } from './context.ts';
import { gatherEvidence } from './evidence.ts';
import { tellFlapping } from './flapping.ts';
import { cardFor } from './notify.ts';

/**
 * Explains the changes whose settle time is over and opens, or adds to, their incidents. Verdicts,
 * incidents and the cards they cause are written in one transaction per read.
 * @returns how many changes were explained
 */
export async function attributeDue(context: JobContext): Promise<number> {
  const due = await context.store.changes.due(context.clock.now());
  for (const changes of Map.groupBy(due, (change) => change.scanId).values()) {
    await explainRead(context, changes);
  }
  return due.length;
}

async function explainRead(context: JobContext, changes: LicenseChange[]): Promise<void> {
  const { store, clock, newId, metrics, log } = context;
  const evidence = await gatherEvidence(context, changes);
  const verdicts = attribute(changes, evidence);
  const flapping = await tellFlapping(context, changes, verdicts);
  const told = (await changesToTell(context, changes)).difference(flapping.changeIds);
  const now = clock.now();
  const incidents: Incident[] = [...flapping.incidents];
  for (const group of groupIntoIncidents(changes, verdicts, changes[0]?.scanId ?? '')) {
    const changeIds = group.changes.map((index) => changes[index]?.id ?? '').filter((id) => told.has(id));
    if (changeIds.length === 0) continue;
    const narrowed = narrowTo(group, changes, told);
    const existing = await store.incidents.openByFingerprint(group.fingerprint);
    if (existing && isFresh(existing, now)) incidents.push(joinIncident(existing, narrowed, changeIds, now));
    else {
      if (existing) incidents.push(sealIncident(existing, now));
      incidents.push(openIncident(narrowed, changeIds, newId(), now));
      metrics.incidentOpened(group.cause);
    }
  }
  const outbox = incidents.map((incident): OutboxItem => cardFor(incident, now));
  context.onStep('attribute:before-commit');
  const committed = await store.incidents.commit({
    incidents,
    verdicts: changes.map((change, index) => ({
      changeId: change.id,
      at: now,
      verdict: verdictAt(verdicts, index),
    })),
    settled: changes.map((change) => change.id),
    outbox,
  });
  context.onStep('attribute:after-commit');
  // Somebody else changed one of these incidents meanwhile: nothing was written, the next run tries again.
  if (!committed) log.warn({ scanId: changes[0]?.scanId }, 'incidents changed meanwhile: explaining again');
}

/** Ids of the changes that are still worth telling after their settle time. */
async function changesToTell(context: JobContext, changes: readonly LicenseChange[]): Promise<Set<string>> {
  const { store } = context;
  const userIds = [...new Set(changes.flatMap((change) => change.userId ?? []))];
  const present = await presentUsers(context, userIds);
  const observedAfter = changes[0]?.observedAfter ?? 0;
  const later = await store.changes.find({ userIds, kinds: ['gained'], from: observedAfter });
  const laterByUser = Map.groupBy(later, ({ change }) => change.userId);
  const { skus } = await store.users.tenant();
  const live = new Map(skus.map((sku) => [sku.skuId, sku]));
  const related = (lost: string, gained: string): boolean => swapFit(lost, gained, live) !== null;
  return new Set(
    changes
      .filter((change) => {
        const state = change.userId === null ? null : (present.get(change.userId) ?? null);
        const gained = (laterByUser.get(change.userId) ?? []).map((explained) => explained.change);
        return settle(change, state, gained, related) === 'tell';
      })
      .map((change) => change.id),
  );
}

/** The users among these ids whose accounts are there, by id. */
export async function presentUsers(
  context: JobContext,
  userIds: readonly string[],
): Promise<Map<string, UserState>> {
  const stored = await context.store.users.byIds(userIds);
  return new Map(stored.filter((user) => user.removedAt === null).map((user) => [user.state.id, user.state]));
}

/** A group without the changes that healed while they settled. */
function narrowTo(
  group: IncidentGroup,
  changes: readonly LicenseChange[],
  told: ReadonlySet<string>,
): IncidentGroup {
  const kept = group.changes.filter((index) => told.has(changes[index]?.id ?? ''));
  if (kept.length === group.changes.length) return group;
  const of = (pick: (change: LicenseChange) => string | null): string[] => [
    ...new Set(kept.flatMap((index) => (changes[index] ? (pick(changes[index]) ?? []) : []))),
  ];
  return {
    ...group,
    changes: kept,
    userIds: of((change) => change.userId),
    skuIds: of((change) => change.skuId),
  };
}

function verdictAt(verdicts: readonly Verdict[], index: number): Verdict {
  const verdict = verdicts[index];
  if (!verdict) throw new RangeError('attribution returned fewer verdicts than changes');
  return verdict;
}
