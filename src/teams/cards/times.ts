import { isTimeZone, perZone, utcSecond } from '../../domain/time-formats.ts';

/** Writes times for people. All take ms UTC. */
export type Times = {
  /** IANA name of the zone the times are written in. */
  zone: string;
  /** "5 March 2026, 10:25" */
  dateTime(at: number): string;
  /** "5 March 2026" */
  day(at: number): string;
  /** "5 March, 10:25": for lists, where the year is known from the heading. */
  short(at: number): string;
  /** "Thursday 5 March 2026, 10:25": for what is yet to come. */
  weekday(at: number): string;
  /** "5 Mar 2026, 10:05–10:25", with both dates when they differ, with one time when it is one. */
  span(from: number, to: number): string;
  /** What the zone is called in a sentence: "Amsterdam time", "UTC". */
  zoneName: string;
  /** "5 March 2026, between 10:05 and 10:25", with both dates when they differ, with one time when it is one. */
  between(from: number, to: number): string;
  /** "2026-03-05 09:25:07 UTC" */
  utc(at: number): string;
};

/**
 * @param zone IANA name; one that this runtime does not know falls back, as Teams sends what the client says
 * @param fallback IANA name that is known to be right
 */
export function timesIn(zone: string | null, fallback: string): Times {
  return makeTimes([zone, fallback].find((name) => name !== null && isTimeZone(name)) ?? 'UTC');
}

const FORMATS = {
  day: perZone({ day: 'numeric', month: 'long', year: 'numeric' }),
  weekday: perZone({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
  spanDay: perZone({ day: 'numeric', month: 'short', year: 'numeric' }),
  shortDay: perZone({ day: 'numeric', month: 'short' }),
  clock: perZone({ hour: '2-digit', minute: '2-digit' }),
} as const;

function makeTimes(zone: string): Times {
  const day = FORMATS.day(zone);
  const weekday = FORMATS.weekday(zone);
  const spanDay = FORMATS.spanDay(zone);
  const shortDay = FORMATS.shortDay(zone);
  const clock = FORMATS.clock(zone);
  const dateTime = (at: number) => `${day.format(at)}, ${clock.format(at)}`;
  return {
    zone,
    dateTime,
    day: (at) => day.format(at),
    weekday: (at) => `${weekday.format(at).replace(',', '')}, ${clock.format(at)}`,
    span: (from, to) => {
      const first = `${spanDay.format(from)}, ${clock.format(from)}`;
      if (first === `${spanDay.format(to)}, ${clock.format(to)}`) return first;
      return spanDay.format(from) === spanDay.format(to)
        ? `${first}–${clock.format(to)}`
        : `${first} – ${spanDay.format(to)}, ${clock.format(to)}`;
    },
    zoneName: zone.includes('/') ? `${(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')} time` : zone,
    short: (at) => `${shortDay.format(at)}, ${clock.format(at)}`,
    between: (from, to) => {
      if (dateTime(from) === dateTime(to)) return dateTime(to);
      return day.format(from) === day.format(to)
        ? `${day.format(to)}, between ${clock.format(from)} and ${clock.format(to)}`
        : `Between ${dateTime(from)} and ${dateTime(to)}`;
    },
    utc: (at) => `${utcSecond(at)} UTC`,
  };
}
