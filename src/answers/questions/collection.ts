/** What answers say about the collection of audit records: what was read, what was not, and what is not sound. */

import { LOG_NAMES } from '../../domain/audit/log-names.ts';
import { DAY_MS } from '../../domain/durations.ts';
import { capitalised } from '../../domain/english.ts';
import { count, numeral } from '../../domain/numerals.ts';
import type { FeedSummary, Purge } from '../../domain/ports/audit.ts';
import type { AnswerBlock } from '../answer/answer.ts';
import { table } from '../answer/make-answer.ts';
import { formatTime, formatWindow, type TimeStyle } from '../times/times.ts';

/** Older holes are in the coverage answer, and nobody can do anything about them any more. */
const NEWS_MS = 8 * DAY_MS;

/** "unified audit log, Audit.Exchange"; Entra's log has no parts. */
const feedName = ({ source, contentType }: FeedSummary): string =>
  source === contentType ? LOG_NAMES[source] : `${LOG_NAMES[source]}, ${contentType}`;

/** Each feed with the hours that were read, that wait, and that could not be read. */
export function feedTable(feeds: readonly FeedSummary[], style: TimeStyle): AnswerBlock[] {
  return table(
    ['What is read', 'Since', 'Hours read', 'Waiting', 'Failed'],
    feeds.map((feed) => [
      feedName(feed),
      formatTime(feed.from, style),
      numeral(feed.windows.complete),
      numeral(feed.windows.planned + feed.windows.pending),
      numeral(feed.windows.failed),
    ]),
  );
}

/**
 * The stretches that could not be read, a sentence each. `since` leaves out those that are lost and ended
 * before that time, ms UTC.
 */
export function failureSentences(feeds: readonly FeedSummary[], style: TimeStyle, since = 0): string[] {
  return feeds.flatMap((feed) =>
    feed.failures
      .filter(({ lost, to }) => !lost || to >= since)
      .map(({ from, to, attempts, reason, lost }) => {
        const what = `${capitalised(feedName(feed))} ${formatWindow(from, to, style)}`;
        return lost
          ? `${what} is missing permanently. ${reason}`
          : `${what} could not be read, tried ${count(Math.max(attempts, 1), 'time')}: ${reason}`;
      }),
  );
}

/** What `status` says of stretches that failed: those that are tried again, or were lost lately. */
export const freshFailures = (feeds: readonly FeedSummary[], style: TimeStyle): string[] =>
  failureSentences(feeds, style, style.now - NEWS_MS);

/** "2 records: no id; 1 record: no date"; null when every record is sound. */
export const flawText = (flaws: readonly { flaw: string; records: number }[]): string | null =>
  flaws.map(({ flaw, records }) => `${count(records, 'record')}: ${flaw}`).join('; ') || null;

/** "1,204 records of before 1 May 00:00, on 2 May 03:30"; null when nothing was ever removed. */
export const purgeText = (purge: Purge | null, style: TimeStyle): string | null =>
  purge &&
  `${count(purge.removed, 'record')} of before ${formatTime(purge.before, style)}, on ${formatTime(purge.at, style)}`;
