import { attribute } from '../domain/attribution/attribute.ts';
import type { Verdict } from '../domain/attribution/verdict.ts';
import { windowOf } from '../domain/attribution/window.ts';
import { flappingGroup, isFlapping } from '../domain/incident/flapping.ts';
import { groupIntoIncidents, type IncidentGroup } from '../domain/incident/group.ts';
import type { Incident } from '../domain/incident/incident.ts';
import { regroup } from '../domain/incident/regroup.ts';
import { isReviewDue } from '../domain/incident/review-time.ts';
import type { LicenseChange } from '../domain/license/change.ts';
import type { ExplainedChange } from '../domain/ports.ts';
import type { JobContext } from './context.ts';
import { gatherEvidence, targetsOf } from './evidence.ts';
import { cardFor } from './notify.ts';

/** Microsoft's sources keep what they have for seven days; nothing new comes after that, ms. */
const REVIEW_FOR_MS = 8 * 24 * 60 * 60_000;

/** The name under which reviews note when they were made. */
const JOB = 'review';

/**
 * Looks again at incidents that are not explained, at certain times after they were opened, when the logs are
 * complete, and when a record about their users or groups has arrived. A new answer is a new revision of the
 * verdict; it edits the card, and splits or merges incidents as their changes now belong.
 * @returns how many incidents have a new answer
 */
export async function review(context: JobContext): Promise<number> {
  const { store, clock } = context;
  const now = clock.now();
  const last = await store.jobs.last(JOB);
  const since = last?.ok ? last.startedAt : 0;
  await store.jobs.started(JOB, now);
  const coverage = await store.audit.coverage();
  let revised = 0;
  for (const { id } of await store.incidents.unexplained(now - REVIEW_FOR_MS)) {
    // Read again: an incident before it in the list may have taken over its changes.
    const incident = await store.incidents.byId(id);
    if (!incident) continue;
    const explained = await store.changes.byIds(incident.changeIds);
    const due = isReviewDue(incident, coverage, since, now) || (await hasNews(context, explained, since));
    if (due && (await reviewOne(context, incident, explained))) revised++;
  }
  await store.jobs.finished(JOB, clock.now(), true, null);
  return revised;
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
): Promise<boolean> {
  const { store, clock, newId } = context;
  const changes = explained.map(({ change }) => change);
  if (changes.length === 0) return false;
  const verdicts = await explainAgain(context, changes);
  const now = clock.now();
  const open = await store.incidents.open();
  const incidents = regroup({
    incident,
    groups: groupsOf(incident, changes, verdicts),
    changeIds: changes.map((change) => change.id),
    others: new Map(open.map((other) => [other.fingerprint, other])),
    newId,
    now,
  });
  const changed = newVerdicts(explained, verdicts).map((verdict) => ({ ...verdict, at: now }));
  if (incidents.length === 0 && changed.length === 0) return false;
  return store.incidents.commit({
    incidents,
    verdicts: changed,
    settled: [],
    outbox: incidents.map((revised) => cardFor(revised, now)),
  });
}

/** How the changes belong together by now; a license that goes and comes stays one incident, whoever does it. */
function groupsOf(
  incident: Incident,
  changes: readonly LicenseChange[],
  verdicts: readonly Verdict[],
): IncidentGroup[] {
  const [skuId] = incident.skuIds;
  if (!isFlapping(incident) || skuId === undefined) {
    return groupIntoIncidents(changes, verdicts, changes[0]?.scanId ?? '');
  }
  const flips = changes.map((change, index) => ({ change, verdict: verdicts[index] ?? null }));
  return [flappingGroup(skuId, flips)];
}

/** Each read has its own window of evidence, and an incident may hold changes of several. */
async function explainAgain(context: JobContext, changes: readonly LicenseChange[]): Promise<Verdict[]> {
  const verdicts = new Map<LicenseChange, Verdict>();
  for (const ofRead of Map.groupBy(changes, ({ scanId }) => scanId).values()) {
    const found = attribute(ofRead, await gatherEvidence(context, ofRead));
    for (const [index, change] of ofRead.entries()) {
      const verdict = found[index];
      if (verdict) verdicts.set(change, verdict);
    }
  }
  return changes.flatMap((change) => verdicts.get(change) ?? []);
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
