import { perZone } from '../../domain/time-formats.ts';
import type { TimeRange } from '../../language/query.ts';

/** How times are told: where, and as seen from when (ms UTC): the year is left out when it is the same. */
export type TimeStyle = { timeZone: string; now: number };

const formatOf = perZone({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** "23 Nov 10:25", or "23 Nov 2025 10:25" of another year. `at` is ms UTC. */
export function formatTime(at: number, { timeZone, now }: TimeStyle): string {
  const format = formatOf(timeZone);
  const parts = (time: number) =>
    Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
  const { day, month, year, hour, minute } = parts(at);
  const sameYear = year === parts(now).year;
  // English short months are three letters here; some runtimes write "Sept".
  return `${day} ${month?.slice(0, 3)}${sameYear ? '' : ` ${year}`} ${hour}:${minute}`;
}

/** "23 Nov", or "23 Nov 2025" of another year: a day as Microsoft's reports tell it, which is one of UTC. */
export const formatDay = (at: number, { now }: Pick<TimeStyle, 'now'>): string =>
  formatTime(at, { timeZone: 'UTC', now }).slice(0, -' 10:25'.length);

/** "between 23 Nov 10:05 and 10:20", "at 23 Nov 10:05": the two reads that a change lies between. */
export function formatWindow(from: number, to: number, style: TimeStyle): string {
  const [first, last] = [formatTime(from, style), formatTime(to, style)];
  if (first === last) return `at ${last}`;
  const clock = last.slice(-'10:20'.length);
  const sameDay = first.slice(0, -clock.length) === last.slice(0, -clock.length);
  return `between ${first} and ${sameDay ? clock : last}`;
}

/** "from 16 Nov 00:00 to 23 Nov 00:00"; "up to …" when the range has no beginning. */
export const formatRange = ({ from, to }: TimeRange, style: TimeStyle): string =>
  from <= 0
    ? `up to ${formatTime(to, style)}`
    : `from ${formatTime(from, style)} to ${formatTime(to, style)}`;

const dayOf = perZone({ weekday: 'long', day: 'numeric', month: 'long' });

/** "Friday 4 December" where a time ends with a day, else "4 Dec 17:00". `end` is ms UTC, the first that is over. */
export function untilText(end: number, style: TimeStyle): string {
  const said = formatTime(end, style);
  if (!said.endsWith(' 00:00')) return said;
  const day = Object.fromEntries(
    dayOf(style.timeZone)
      .formatToParts(end - 1)
      .map(({ type, value }) => [type, value]),
  );
  return `${day.weekday} ${day.day} ${day.month}`;
}
