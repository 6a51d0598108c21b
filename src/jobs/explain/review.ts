import { groupIntoIncidents, type IncidentGroup } from '../../domain/alert/group.ts';
import { isHidden, type Suppressions } from '../../domain/alert/suppressed.ts';
import type { Verdict } from '../../domain/attribution/verdict.ts';
import { windowOf } from '../../domain/attribution/window.ts';
import { DAY_MS } from '../../domain/durations.ts';
import { flappingGroup, isFlapping } from '../../domain/incident/flapping.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { regroup } from '../../domain/incident/regroup.ts';
import { isReviewDue } from '../../domain/incident/review-time.ts';
import type { DetectedChange, LicenseChange } from '../../domain/license/change.ts';
import type { ExplainedChange } from '../../domain/ports.ts';
import { isWatchedLoss, type WatchList } from '../../domain/suppression/watched-in.ts';
import type { JobContext } from '../context.ts';
import { voidRequest } from '../decisions/void-request.ts';
import { commitNoted, updateNote } from '../outgoing/alert-notes.ts';
import { cardFor } from '../outgoing/outgoing.ts';
import { targetsOf } from './evidence.ts';
import { explain } from './explain.ts';
import { applySuppression, loadSuppressions, type Written } from './suppression.ts';
import { watchList } from './watch-list.ts';

/** Microsoft's sources keep what they have for seven days; nothing new comes after that, ms. */
const REVIEW_FOR_MS = 8 * DAY_MS;

/** Among so many incidents those are found that a rule hid within that time. */
const RECENT_INCIDENTS = 200;

/** The name under which reviews note when they were made. */
const JOB = 'review';

/**
 * Looks again at incidents that are not explained, at certain times after they were opened, when the logs are
 * complete, and when a record about their users or groups has arrived. A new answer is a new revision of the
 * verdict; it edits the card, and splits or merges incidents as their changes now belong; one of many users stays
 * whole while the logs may still tell of some of them. A rule may turn out to expect what was told, and what a rule
 * hid on a likely cause may turn out to have another, and is told then.
 * @returns how many incidents have a new answer
 */
export async function review(context: JobContext): Promise<number> {
  const { store, clock } = context;
  const now = clock.now();
  const last = await store.jobs.last(JOB);
  // A review from while the clock was ahead says nothing of what has come since.
  const since = last?.ok && last.startedAt <= now ? last.startedAt : 0;
  await store.jobs.started(JOB, now);
  const coverage = await store.audit.coverage();
  const around: Around = { suppressions: await loadSuppressions(context), marked: await watchList(context) };
  let revised = 0;
  for (const id of await unsure(context, around.suppressions, now - REVIEW_FOR_MS)) {
    // Read again: an incident before it in the list may have taken over its changes.
    const incident = await store.incidents.byId(id);
    if (!incident) continue;
    const explained = await store.changes.byIds(incident.changeIds);
    const due = isReviewDue(incident, coverage, since, now) || (await hasNews(context, explained, since));
    if (due && (await reviewOne(context, incident, explained, around))) revised++;
  }
  await store.jobs.finished(JOB, clock.now(), true, null);
  return revised;
}

/** What people said beforehand. */
type Around = { suppressions: Suppressions; marked: WatchList };

/** Ids of the incidents since then (ms UTC) whose cause may still turn out to be another. */
async function unsure({ store }: JobContext, { rules }: Suppressions, since: number): Promise<string[]> {
  const unexplained = await store.incidents.unexplained(since);
  const recent = rules.length === 0 ? [] : await store.incidents.recent(RECENT_INCIDENTS);
  const hidden = recent.filter(
    (incident) => incident.level === 'likely' && incident.openedAt >= since && isHidden(incident),
  );
  return [...unexplained, ...hidden].map(({ id }) => id);
}

/** Whether a record about these changes' users or groups has arrived since, ms UTC. */
async function hasNews(
  { store }: JobContext,
  explained: readonly ExplainedChange[],
  since: number,
): Promise<boolean> {
  const changes = explained.map(({ change }) => change);
  const targetIds = targetsOf(changes);
  if (targetIds.length === 0) return false;
  const { rootFrom, to } = windowOf({
    observedBefore: Math.min(...changes.map((change) => change.observedBefore)),
    observedAfter: Math.max(...changes.map((change) => change.observedAfter)),
  });
  const news = await store.audit.find({
    from: rootFrom,
    to: to + 1,
    targetIds,
    receivedSince: since,
    limit: 1,
  });
  return news.length > 0;
}

async function reviewOne(
  context: JobContext,
  incident: Incident,
  explained: readonly ExplainedChange[],
  { suppressions, marked }: Around,
): Promise<boolean> {
  const { store, clock, newId } = context;
  const changes = explained.map(({ change }) => change);
  if (changes.length === 0) return false;
  const { verdicts } = await explain(context, changes);
  const now = clock.now();
  const changed = newVerdicts(explained, verdicts).map((verdict) => ({ ...verdict, at: now }));
  const open = await store.incidents.open();
  const isWatched = (change: DetectedChange): boolean => isWatchedLoss(change, marked);
  const incidents = regroup({
    // What a rule hid is taken apart like an open incident, so that nobody's act hides behind another's.
    incident: isHidden(incident) ? { ...incident, status: 'open' } : incident,
    groups: groupsOf(incident, changes, verdicts, (change) => incident.watched || isWatched(change)),
    changeIds: changes.map((change) => change.id),
    others: new Map(open.map((other) => [other.fingerprint, other])),
    isBegun: (await store.decisions.steps(incident.id)).length > 0,
    isNews: changed.length > 0,
    newId,
    now,
  });
  if (incidents.length === 0 && changed.length === 0) return false;
  const stored = new Map([...open, incident].map((one) => [one.id, one]));
  const written: Written[] = [];
  for (const revised of incidents) {
    // A mark is for what comes after it: parts of what was watched stay so, nothing else becomes it now.
    const watched =
      revised.watched ||
      (incident.watched &&
        changes.some((change) => revised.changeIds.includes(change.id) && isWatched(change)));
    written.push(
      revised.status === 'open'
        ? await applySuppression(context, suppressions, stored.get(revised.id) ?? null, {
            ...revised,
            watched,
          })
        : {
            incident: revised,
            outbox: [cardFor(revised, now)],
            decisions: [],
            alerts: [updateNote(stored.get(revised.id) ?? incident, revised)],
          },
    );
  }
  const alerts = written.flatMap((one) => one.alerts);
  context.onStep('review:before-commit');
  const committed = await commitNoted(context, {
    incidents: written.map((one) => one.incident),
    verdicts: changed,
    settled: [],
    outbox: written.flatMap(({ outbox }) => outbox),
    decisions: written.flatMap(({ incident: after, decisions }) => [
      ...decisions,
      ...voidRequest(
        context,
        stored.get(after.id) ?? null,
        after,
        'Its incident was regrouped when its cause was found.',
      ),
    ]),
    alerts,
  });
  return committed;
}

/** How the changes belong together by now; a license that goes and comes stays one incident, whoever does it. */
function groupsOf(
  incident: Incident,
  changes: readonly LicenseChange[],
  verdicts: readonly Verdict[],
  isWatched: (change: DetectedChange) => boolean,
): IncidentGroup[] {
  const [skuId] = incident.skuIds;
  if (!isFlapping(incident) || skuId === undefined) {
    return groupIntoIncidents(changes, verdicts, changes[0]?.scanId ?? '', { isWatched });
  }
  const flips = changes.map((change, index) => ({ change, verdict: verdicts[index] ?? null }));
  return [flappingGroup(skuId, flips)];
}

/** The verdicts that say something else than the stored ones. */
function newVerdicts(
  explained: readonly ExplainedChange[],
  verdicts: readonly Verdict[],
): { changeId: string; verdict: Verdict }[] {
  return explained.flatMap(({ change, verdict: old }, index) => {
    const verdict = verdicts[index];
    if (!verdict) return [];
    const same =
      old?.level === verdict.level &&
      old.cause === verdict.cause &&
      old.evidence.join() === verdict.evidence.join();
    return same ? [] : [{ changeId: change.id, verdict }];
  });
}
