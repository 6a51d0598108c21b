import type { AuditSource } from '../../domain/audit/event.ts';
import { LOG_NAMES } from '../../domain/audit/log-names.ts';
import { FAILURES_THAT_COUNT } from '../../domain/audit/source-news.ts';
import type { AnswerStore } from '../answer/deps.ts';
import { formatTime, type TimeStyle } from '../times/times.ts';

/** The fastest log first. */
const ORDER: readonly AuditSource[] = ['directoryAudits', 'activity', 'auditSearch'];

/** "State read 23 Nov 10:25; Entra audit log complete to 23 Nov 10:25, unified audit log to 23 Nov 09:40." */
export async function completeUntil(store: AnswerStore, style: TimeStyle): Promise<string> {
  const scan = await store.scans.lastWhole();
  const state = scan
    ? `State read ${formatTime(scan.finishedAt, style)}`
    : 'The tenant has not been read completely yet';
  const logs = (await store.audit.coverage())
    .filter(({ source, completeTo }) => completeTo !== null || source !== 'auditSearch')
    .toSorted((a, b) => ORDER.indexOf(a.source) - ORDER.indexOf(b.source))
    .map(({ source, completeTo, completeFrom = null }, index) => {
      if (completeTo === null) return notComplete(LOG_NAMES[source], completeFrom, style);
      if (completeFrom !== null && completeTo < completeFrom)
        return notComplete(LOG_NAMES[source], completeFrom, style);
      return `${LOG_NAMES[source]} ${index === 0 ? 'complete ' : ''}to ${formatTime(completeTo, style)}`;
    });
  const read = `${[state, logs.length > 0 ? logs.join(', ') : 'no audit log read yet'].join('; ')}.`;
  return [read, ...(await logTroubles(store, style))].join(' ');
}

/** Of an answer that tells how things are, and nothing of who made them so: "State read 23 Nov 10:25." */
export async function stateRead(store: AnswerStore, style: TimeStyle): Promise<string> {
  const scan = await store.scans.lastWhole();
  const state = scan
    ? `State read ${formatTime(scan.finishedAt, style)}.`
    : 'The tenant has not been read completely yet.';
  return [state, ...(await logTroubles(store, style))].join(' ');
}

/** What stands in the way of the logs, a sentence each, for every answer and card until it is over. */
export async function logTroubles(store: AnswerStore, style: TimeStyle): Promise<string[]> {
  const [auditing, problems, silences] = await Promise.all([
    store.audit.auditing(),
    store.audit.problems(),
    store.audit.silences(),
  ]);
  const since = (at: number): string => formatTime(at, style);
  return [
    ...(auditing.state === 'off'
      ? [`Auditing is switched off${auditing.since === null ? '' : ` since ${since(auditing.since)}`}.`]
      : []),
    ...problems
      .filter(({ code, failures }) => code !== 'auditing-off' && failures >= FAILURES_THAT_COUNT)
      .map((problem) => `The ${LOG_NAMES[problem.source]} cannot be read since ${since(problem.since)}.`),
    ...silences.map(
      (silence) => `The ${LOG_NAMES[silence.source]} has sent nothing since ${since(silence.since)}.`,
    ),
  ];
}

/** A log that was opened a moment ago speaks from then on, and is complete to no time yet. */
export const notComplete = (name: string, from: number | null, style: TimeStyle): string =>
  from === null
    ? `${name} not read yet`
    : `${name} known from ${formatTime(from, style)} on, not complete yet`;

/** Whether the tenant audits at all, as far as its readers could tell. */
export const auditingIsOff = async (store: AnswerStore): Promise<boolean> =>
  (await store.audit.auditing()).state === 'off' ||
  (await store.audit.problems()).some((problem) => problem.code === 'auditing-off');

export const AUDITING_OFF =
  'Auditing is switched off in this tenant, so no log can say who did it. Ask me “how do I turn on auditing”.';
