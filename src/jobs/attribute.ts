import { attribute } from '../domain/attribution/attribute.ts';
import type { Verdict } from '../domain/attribution/verdict.ts';
import { groupIntoIncidents, type IncidentGroup } from '../domain/incident/group.ts';
import type { Incident } from '../domain/incident/incident.ts';
import { isFresh, joinIncident, openIncident, sealIncident } from '../domain/incident/life-cycle.ts';
import type { LicenseChange } from '../domain/license/change.ts';
import type { OutboxItem } from '../domain/ports.ts';
import type { JobContext } from './context.ts';
import { gatherEvidence } from './evidence.ts';
import { tellFlapping } from './flapping.ts';
import { cardFor } from './notify.ts';
import { settleChanges } from './settle-changes.ts';

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
  const { told: standing } = await settleChanges(context, changes);
  const told = standing.difference(flapping.changeIds);
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
