import type { IncidentView, LogEntry } from '../../../domain/incident-view/view.ts';
import { numeral } from '../../../domain/numerals.ts';
import type { Times } from '../times.ts';

/** The line that says how far an open incident is from being settled; an empty text shows none. */
export type Progress = { progress: string; progressStyle: string };

/** Says in a sentence how many are restored, are being restored and could not be. */
export function progressOf(view: IncidentView): Progress {
  const { restoredCount, failedCount, restoringCount: restoring, userCount, status } = view;
  const of = numeral(userCount - view.others);
  const parts = [
    restoredCount > 0 ? `✓ ${numeral(restoredCount)} of ${of} restored` : '',
    restoring > 0 ? `${numeral(restoring)} being restored…` : '',
    failedCount > 0 ? `✗ ${numeral(failedCount)} could not be restored` : '',
  ].filter((part) => part !== '');
  if (status !== 'open' || parts.length === 0) return { progress: '', progressStyle: 'default' };
  return { progress: parts.join(', '), progressStyle: failedCount > 0 ? 'warning' : 'accent' };
}

/** An entry of the log as a sentence, with the time until which it holds as the card's reader has it. */
export const logText = ({ what, until, because }: LogEntry, times: Times): string =>
  `${what}${until ? ` until ${times.dateTime(until)}` : ''}${because ? `: “${because}”` : ''}`;
