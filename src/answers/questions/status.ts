import type { LicenseDatesRun } from '../../domain/dates/license-dates.ts';
import { count, numeral } from '../../domain/numerals.ts';
import type { ScanRecord } from '../../domain/ports.ts';
import { missedReads } from '../../domain/scan/missed-reads.ts';
import { isInForce } from '../../domain/suppression/suppression.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { healthFacts } from '../answer/health-facts.ts';
import { facts, makeAnswer, table, text } from '../answer/make-answer.ts';
import { formatTime } from '../times/times.ts';
import { auditingText } from '../words/auditing.ts';
import { completeUntil } from '../words/completeness.ts';
import { detectionsText, securityText } from '../words/detections-text.ts';
import { notificationsText } from '../words/notifications-text.ts';
import { signInsText } from '../words/sign-ins-text.ts';
import { snoozeRows } from '../words/snoozes.ts';
import { usageText } from '../words/usage-text.ts';
import { flawText, purgeText } from './collection.ts';
import { leftOutText, type Trouble, troublesOf } from './troubles.ts';

/** Whether everything works: reads, logs, messages, the channel; and what to do where it does not. */
export async function status(_query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const scans = await store.scans.recent(50);
  const misses = missedReads(scans);
  const missed = misses.length;
  const health = await healthFacts(store, deps.now, deps.limits);
  const auditing = health.auditing;
  const backlog = await store.outbox.backlog(deps.now);
  const channel = await store.conversations.alertTarget();
  const users = await store.users.count();
  const open = await store.incidents.open();
  const snoozed = open.filter(({ snoozedUntil }) => snoozedUntil !== null && snoozedUntil > deps.now);
  const rules = (await store.suppression.rules()).filter((rule) => isInForce(rule, deps.now)).length;
  const marks = (await store.suppression.marks()).length;
  const [last] = scans;

  const todo = (await troublesOf(deps, health, scans)).map(withNext);
  return makeAnswer(
    'status',
    todo.length === 0 ? 'Everything works.' : `${count(todo.length, 'thing')} to look at.`,
    {
      blocks: [
        ...todo.flatMap(text),
        ...facts({
          'Last scan': last ? scanText(last, deps) : 'none yet',
          'Incomplete reads in a row': missed > 0 ? numeral(missed) : null,
          Auditing: auditingText(auditing, deps),
          Changes: await notificationsText(store, deps),
          Watched: `${count(users.present, 'user')}, ${numeral(users.licensed)} with a license`,
          'Open incidents': `${numeral(open.length)}${snoozed.length > 0 ? ` (${numeral(snoozed.length)} snoozed)` : ''}`,
          'Security alerts': await securityText(deps),
          Detections: await detectionsText(deps),
          'Standing rules': rules > 0 ? `${numeral(rules)} (say “show standing rules”)` : null,
          'Watched closely':
            marks > 0 ? `${count(marks, 'mark')} (say “who are you keeping an eye on”)` : null,
          'Dates of licenses': datesRunText(await store.licenseDates.run(), deps),
          'Usage reports': usageText(await store.usage.reports(), deps),
          'Sign-ins': signInsText(await store.signIns.state(), deps),
          'Audit records kept as they came': flawText(await store.audit.flaws()),
          'Audit records removed': purgeText(await store.audit.lastPurge(), deps),
          'Left out of the last read': await leftOutText(store),
          'Messages waiting':
            backlog.oldestAt === null || backlog.waiting === 0
              ? numeral(backlog.waiting)
              : `${numeral(backlog.waiting)}, the oldest since ${formatTime(backlog.oldestAt, deps)}`,
          'Alerts go to': channel
            ? `${channel.name}${channel.unreachable ? ' (cannot be reached)' : ''}${await byRoutes(deps)}`
            : 'nowhere yet',
        }),
        ...table(['Snoozed', 'Until', 'Why', 'By'], await snoozeRows(snoozed, deps)),
      ],
      completeUntil: await completeUntil(store, deps),
      next: ['scan now', 'open incidents'],
    },
  );
}

/** When Microsoft's dates were last read completely, and whether they are being read. */
function datesRunText({ readAt, open }: LicenseDatesRun, deps: AnswerDeps): string {
  const read = readAt === null ? 'not read yet' : `read ${formatTime(readAt, deps)}`;
  return open === null ? read : `${read}; a read is under way since ${formatTime(open.startedAt, deps)}`;
}

/** Which alerts routes send elsewhere is told in words by another answer. */
const byRoutes = async ({ routing }: AnswerDeps): Promise<string> =>
  (await routing())?.routes.file ? ', and where routes say (say “where do alerts go”)' : '';

const scanText = (scan: ScanRecord, deps: AnswerDeps): string =>
  `${formatTime(scan.finishedAt, deps)}, ${scan.kind}, ${scan.outcome}: ${count(scan.usersRead, 'user')} read, ${count(scan.changes, 'change')}`;

/** What to do about it, where that is more than to look here. */
function withNext({ what, next }: Trouble): string {
  if (what.includes('say “') || next.includes('“status”')) return what;
  return `${what}${what.endsWith('.') ? '' : '.'} ${next}`;
}
