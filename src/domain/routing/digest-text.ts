import { count, numeral } from '../numerals.ts';
import { perZone } from '../time-formats.ts';
import type { DigestEntry } from './digest-entry.ts';

/** More lines than this nobody reads in the morning; a card shows twenty. */
const MAX_LINES = 8;

const clockOf = perZone({ weekday: 'short', hour: '2-digit', minute: '2-digit' });

/** The digest as a message: what is low, then what quiet hours held back, oldest first. */
export function digestText(
  entries: readonly DigestEntry[],
  timeZone: string,
): { title: string; text: string } {
  const low = entries.filter(({ why }) => why === 'low');
  const held = entries.filter(({ why }) => why === 'held');
  const parts = [
    ...(low.length > 0 ? [count(low.length, 'low alert')] : []),
    ...(held.length > 0 ? [`${numeral(held.length)} held back by quiet hours`] : []),
  ];
  return {
    title: `Digest: ${parts.join(', ')}`,
    text: [
      ...linesOf(low, timeZone),
      ...(held.length > 0
        ? ['Held back by quiet hours, each with its card:', ...linesOf(held, timeZone)]
        : []),
    ].join('\n'),
  };
}

function linesOf(entries: readonly DigestEntry[], timeZone: string): string[] {
  const shown = entries.slice(0, MAX_LINES).map(({ at, line }) => `${clockOf(timeZone).format(at)}: ${line}`);
  const left = entries.length - shown.length;
  return left > 0 ? [...shown, `… and ${numeral(left)} more: ask me for “open incidents”.`] : shown;
}
