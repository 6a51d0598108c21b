import type { IncidentView, LogEntry } from '../../domain/incident/view.ts';
import type { Times } from './times.ts';

/** The banner that says what became of the incident; an empty text shows none. */
export type Progress = { progress: string; progressDetail: string; progressStyle: string };

/** Says in a sentence how far the incident is from being settled, and who brought it there. */
export function progressOf(view: IncidentView, times: Times, text: (value: string) => string): Progress {
  const { restoredCount, failedCount, restoringCount: restoring, userCount, snoozedUntil } = view;
  const detail = text(lastDeed(view.log, times));
  const banner = (progress: string, progressStyle: string): Progress => ({
    progress,
    progressDetail: detail,
    progressStyle,
  });
  switch (view.status) {
    case 'approved':
      return banner('✓ Approved: the change was intended', 'emphasis');
    case 'closed':
      return banner('Closed: nothing is left to do', 'emphasis');
    case 'restored':
      return banner(userCount === 1 ? '✓ Restored' : `✓ All ${count(userCount)} restored`, 'emphasis');
    case 'open':
      break;
  }
  const of = count(userCount - view.others);
  const parts = [
    restoredCount > 0 ? `${count(restoredCount)} of ${of} restored` : '',
    restoring > 0 ? `${count(restoring)} being restored` : '',
    failedCount > 0 ? `${count(failedCount)} could not be restored` : '',
    snoozedUntil === null ? '' : `snoozed until ${times.dateTime(snoozedUntil)}`,
  ].filter((part) => part !== '');
  const [first, ...others] = parts;
  if (first === undefined) return { progress: '', progressDetail: '', progressStyle: 'default' };
  const style = failedCount > 0 ? 'warning' : restoredCount + restoring > 0 ? 'accent' : 'emphasis';
  return banner([`${first.charAt(0).toUpperCase()}${first.slice(1)}`, ...others].join(', '), style);
}

/** What was done last: who approves and makes a rule of it does both at once. */
function lastDeed(log: readonly LogEntry[], times: Times): string {
  const at = log.at(-1)?.at;
  if (at === undefined) return '';
  const together = log.filter((entry) => entry.at === at).map((entry) => logText(entry, times));
  return `${together.join('. ')} (${times.dateTime(at)})`;
}

const count = (value: number): string => value.toLocaleString('en');

/** An entry of the log as a sentence, with the time until which it holds as the card's reader has it. */
export const logText = ({ what, until, because }: LogEntry, times: Times): string =>
  `${what}${until ? ` until ${times.dateTime(until)}` : ''}${because ? `: “${because}”` : ''}`;
