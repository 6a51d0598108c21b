/** What is wrong with the watch itself, for the status and the board alike. */
import { LOG_NAMES } from '../../domain/audit/log-names.ts';
import type { LicenseDatesRun } from '../../domain/dates/license-dates.ts';
import { DAY_MS } from '../../domain/durations.ts';
import { type HealthFacts, staleness } from '../../domain/health/health.ts';
import { numeral, plural } from '../../domain/numerals.ts';
import { LEFT_OUT_NOTES, type ScanRecord } from '../../domain/ports.ts';
import { missedReads } from '../../domain/scan/missed-reads.ts';
import type { AnswerDeps, AnswerStore } from '../answer/deps.ts';
import { formatTime } from '../times/times.ts';
import { AUDITING_OFF, auditingIsOff } from '../words/completeness.ts';
import { detectionsBehind } from '../words/detections-text.ts';
import { freshFailures } from './collection.ts';

/** A sentence that says what is wrong, and what to do about it. */
export type Trouble = { what: string; next: string };

const SCAN = 'Say “scan now”.';
const STATUS = 'Say “status”.';
const COVERAGE = 'Say “are the audit logs complete”.';
const STATUS_OF_DATES =
  'Put that right: the next read of them is within the hour. Until then answers tell the dates of before.';
/** A daily read that is this late did not happen, ms. */
const STALE_DATES_MS = 2 * DAY_MS;
/** Jobs whose failure is a sentence for people, and what to do about it. */
const JOBS_THAT_SAY_WHY = [
  ['forward', 'Look at the SIEM, and at SIEM_URL and SIEM_TOKEN.'],
  ['purge', 'Look at RETENTION_PATH.'],
  ['detections-read', 'Correct the rule in the folder that DETECTIONS_PATH names.'],
] as const;

/** Reads, logs, messages and the channel: whatever does not work. @param scans the newest first */
export async function troublesOf(
  deps: AnswerDeps,
  health: HealthFacts,
  scans: readonly ScanRecord[],
): Promise<Trouble[]> {
  const { store } = deps;
  const { auditing } = health;
  const [problems, backlog, channel, silences, feeds, dates] = await Promise.all([
    store.audit.problems(),
    store.outbox.backlog(deps.now),
    store.conversations.alertTarget(),
    store.audit.silences(),
    store.audit.feeds(),
    store.licenseDates.run(),
  ]);
  const found: Trouble[] = [];
  const say = (what: string, next: string): number => found.push({ what, next });
  const misses = missedReads(scans);
  const missed = misses.length;
  const [last] = scans;

  if (health.databaseProblem !== null) say(health.databaseProblem, 'Look at the database.');
  if (!last) say('The tenant has not been read yet: say “scan now”.', SCAN);
  if (missed > 0)
    say(
      `The last ${plural(missed, 'read was', `${numeral(missed)} reads were`)} incomplete: ${misses[0]?.reason ?? 'no reason given'}`,
      'Put that right, then say “scan now”.',
    );
  if (last?.outcome === 'held')
    say(
      `The last read waits for a second one: ${last.reason ?? 'unusually many licenses are gone'}`,
      'Wait for it, or say “scan now”.',
    );
  if (last) for (const what of staleReads(health)) say(what, what.includes('collection') ? STATUS : SCAN);
  if (await auditingIsOff(store)) say(AUDITING_OFF, 'Say “how do I turn on auditing”.');
  if (auditing.state === 'unknown' && auditing.askedAt !== null)
    say(`Whether auditing is on is not known. ${auditing.detail ?? ''}`.trim(), 'Say “is auditing on”.');
  for (const { code, source, message } of problems) {
    if (code !== 'auditing-off') say(`The ${LOG_NAMES[source]} could not be read: ${message}`, COVERAGE);
  }
  for (const { source, since } of silences)
    say(
      `The ${LOG_NAMES[source]} has sent nothing since ${formatTime(since, deps)}, which is unlike it.`,
      COVERAGE,
    );
  for (const [job, next] of JOBS_THAT_SAY_WHY) {
    const run = await store.jobs.last(job);
    if (run?.ok === false && run.detail !== null) say(run.detail, next);
  }
  const behind = await detectionsBehind(deps);
  if (behind !== null) say(behind, 'Look at the log of the job “detect”.');
  for (const what of freshFailures(feeds, deps)) say(what, COVERAGE);
  for (const what of datesTrouble(dates, deps)) say(what, STATUS_OF_DATES);
  if (health.routes) say(health.routes.replaceAll('\n', ' '), 'Correct the file that ROUTES_PATH names.');
  if (!channel)
    say('No channel is set for alerts.', 'Add me to a team and say “post alerts in this channel” there.');
  if (deps.nobodyDecides)
    say(
      'Nobody can approve or reassign: no setting gives anybody a role that decides.',
      'Set OPERATOR_GROUP_ID, OWNER_GROUP_ID and READER_GROUP_ID.',
    );
  if (channel?.unreachable)
    say(
      `${channel.name} cannot be reached: ${channel.unreachable}`,
      'Say “post alerts in this channel” in one that can be.',
    );
  if (backlog.waiting > 0 && backlog.lastError)
    say(`A message could not be sent: ${backlog.lastError}`, STATUS);
  return found;
}

/** Whether the daily read of Microsoft's dates fails, or has not come to its end for long, and since when. */
function datesTrouble({ problem, readAt, open }: LicenseDatesRun, deps: AnswerDeps): string[] {
  const last = readAt === null ? 'They were never read.' : `They were last read ${formatTime(readAt, deps)}.`;
  if (problem !== null) {
    const since = formatTime(problem.at, deps);
    return [`Microsoft’s dates of licenses cannot be read since ${since}: ${problem.message} ${last}`];
  }
  const since = readAt ?? open?.startedAt ?? deps.now;
  return deps.now - since <= STALE_DATES_MS
    ? []
    : [`Microsoft’s dates of licenses are read once a day, and were not since ${formatTime(since, deps)}.`];
}

/** Why what is known is too old to count as known, a sentence each. */
function staleReads({ now, scan, collection, limits }: HealthFacts): string[] {
  const complete = staleness('complete scan', scan.completeAt, now, limits.scan);
  const full =
    scan.fullAt === null ? null : staleness('scan of everybody', scan.fullAt, now, limits.fullScan);
  const collected = staleness('collection of audit records', collection.completeAt, now, limits.collection);
  return [complete ?? full, collected].filter((sentence) => sentence !== null);
}

/** Rows that could not be read and stop nothing: subscriptions and Microsoft's service incidents. */
export async function leftOutText(store: AnswerStore): Promise<string | null> {
  const notes = await Promise.all(Object.values(LEFT_OUT_NOTES).map((name) => store.jobs.last(name)));
  return notes.flatMap((note) => note?.detail ?? []).join(' ') || null;
}
