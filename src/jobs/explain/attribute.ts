import { decideAlert } from '../../domain/alert/decide-alert.ts';
import { groupIntoIncidents, type IncidentGroup } from '../../domain/alert/group.ts';
import { isHidden, type Suppressions } from '../../domain/alert/suppressed.ts';
import type { Verdict } from '../../domain/attribution/verdict.ts';
import { HOUR_MS } from '../../domain/durations.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { isFresh, joinIncident, openIncident, sealIncident } from '../../domain/incident/life-cycle.ts';
import type { DetectedChange, LicenseChange } from '../../domain/license/change.ts';
import { isWatchedLoss, watchedIn } from '../../domain/suppression/watched-in.ts';
import type { JobContext } from '../context.ts';
import { plansOffFound } from '../detect/plans-off.ts';
import { alertsFor } from '../detect/raise.ts';
import { changeNote, commitNoted, updateNote } from '../outgoing/alert-notes.ts';
import { cardFor } from '../outgoing/outgoing.ts';
import { explainedPlace } from '../outgoing/traces.ts';
import { explain } from './explain.ts';
import { type Flapping, tellFlapping } from './flapping.ts';
import { applySuppression, loadSuppressions, type Written } from './suppression.ts';
import { watchList } from './watch-list.ts';

/** What a rule expects comes together when it comes within this time, ms: many small removals are a large one. */
const TOGETHER_MS = HOUR_MS;
/** Among so many incidents those of the last hour are found. */
const RECENT_INCIDENTS = 200;

/**
 * Explains the changes whose settle time is over and opens, or adds to, their incidents. Verdicts,
 * incidents and the cards they cause are written in one transaction per read.
 * @returns how many changes were explained
 */
export async function attributeDue(context: JobContext): Promise<number> {
  const due = await context.store.changes.due(context.clock.now());
  for (const changes of Map.groupBy(due, (change) => change.scanId).values()) {
    const [first] = changes;
    if (!first) continue;
    const at = explainedPlace(first.scanId, first.id);
    const facts = { 'license_watch.scan': first.scanId, 'license_watch.changes': changes.length };
    await context.tracing.within('attribute', { at, facts }, () => explainRead(context, changes, at.span));
  }
  return due.length;
}

async function explainRead(context: JobContext, changes: LicenseChange[], within: string): Promise<void> {
  const { store, clock, newId, metrics, log } = context;
  const { verdicts, ofReads, became } = await explain(context, changes);
  const flapping = await tellFlapping(context, changes, verdicts);
  const now = clock.now();
  const suppressions = await loadSuppressions(context);
  const marked = await watchList(context);
  const watched = watchedIn(changes, marked);
  const accountsRemoved = ofReads.filter(({ kind }) => kind === 'account-removed').length;
  const isWatched = (change: DetectedChange): boolean => isWatchedLoss(change, marked);
  const decisions = changes.map((change, index) =>
    decideAlert({
      about: 'change',
      change,
      verdict: verdictAt(verdicts, index),
      became: became.get(change.id) ?? 'tell',
      fight: fightOf(flapping, change),
      accountsRemoved,
      isWatched: isWatched(change),
    }),
  );
  const told = new Set(
    changes.flatMap(({ id }, index) =>
      decisions[index]?.act === 'alert' && !flapping.changeIds.has(id) ? [id] : [],
    ),
  );
  const kept = changes.flatMap((change, index) => {
    const decision = decisions[index];
    return decision && decision.act !== 'alert' ? [changeNote(change, decision, now)] : [];
  });
  const written: Written[] = [];
  const write = async (before: Incident | null, candidate: Incident): Promise<void> => {
    const concerns = candidate.watched || candidate.changeIds.some((id) => watched.has(id));
    written.push(await applySuppression(context, suppressions, before, { ...candidate, watched: concerns }));
  };
  for (const { before, incident } of flapping.incidents) await write(before, incident);
  const groups = groupIntoIncidents(changes, verdicts, changes[0]?.scanId ?? '', {
    accountsRemoved,
    isWatched,
  });
  for (const group of groups) {
    const changeIds = group.changes.map((index) => changes[index]?.id ?? '').filter((id) => told.has(id));
    if (changeIds.length === 0) continue;
    const narrowed = narrowTo(group, changes, told);
    const open = await store.incidents.openByFingerprint(group.fingerprint);
    if (open && !isFresh(open, now)) {
      const sealed = sealIncident(open, now);
      const alerts = [updateNote(open, sealed)];
      written.push({ incident: sealed, outbox: [cardFor(sealed, now)], decisions: [], alerts });
    }
    const before =
      open && isFresh(open, now) ? open : await hiddenBefore(context, group.fingerprint, suppressions, now);
    if (before) await write(before, joinIncident(before, narrowed, changeIds, now));
    else {
      await write(null, openIncident(narrowed, changeIds, newId(), now));
      metrics.incidentOpened(group.cause);
    }
  }
  const off = plansOffFound(context, changes, (index) => verdictAt(verdicts, index));
  const detected = await alertsFor(context, off);
  const alerts = [...kept, ...written.flatMap((one) => one.alerts), ...detected.alerts];
  context.onStep('attribute:before-commit');
  const commit = {
    incidents: written.map(({ incident }) => incident),
    verdicts: changes.map((change, index) => ({
      changeId: change.id,
      at: now,
      verdict: verdictAt(verdicts, index),
    })),
    settled: changes.map((change) => change.id),
    outbox: [...written.flatMap(({ outbox }) => outbox), ...detected.outbox],
    security: { incidents: detected.security },
    decisions: written.flatMap((one) => one.decisions),
    alerts,
  };
  const committed = await commitNoted(context, commit, within);
  context.onStep('attribute:after-commit');
  // Somebody else changed one of these incidents meanwhile: nothing was written, the next run tries again.
  if (!committed) log.warn({ scanId: changes[0]?.scanId }, 'incidents changed meanwhile: explaining again');
}

/** Whether a change is a flip of a fight, and whether an operator approved that one. */
function fightOf(
  { changeIds, approvedIds }: Flapping,
  { id }: LicenseChange,
): 'none' | 'alerted' | 'approved' {
  if (!changeIds.has(id)) return 'none';
  return approvedIds.has(id) ? 'approved' : 'alerted';
}

/** The incident of the last hour that a rule hid and that these changes belong to: together they may be too many. */
async function hiddenBefore(
  { store }: JobContext,
  fingerprint: string,
  { rules }: Suppressions,
  now: number,
): Promise<Incident | null> {
  if (rules.length === 0) return null;
  const recent = await store.incidents.recent(RECENT_INCIDENTS);
  return (
    recent.find(
      (incident) =>
        incident.fingerprint === fingerprint && isHidden(incident) && now - incident.openedAt <= TOGETHER_MS,
    ) ?? null
  );
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
