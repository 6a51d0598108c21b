/** More names than there are zones come only from somebody who makes them up. */
const MAX_ZONES = 1_000;

/**
 * Makes a format of times that is built once a time zone: to build one takes longer than to use it a hundred
 * times. The function it returns takes an IANA name, and throws a RangeError where the runtime does not know it.
 */
export function perZone(
  options: Intl.DateTimeFormatOptions,
  locale = 'en-GB',
): (timeZone: string) => Intl.DateTimeFormat {
  const built = new Map<string, Intl.DateTimeFormat>();
  return (timeZone) => {
    const known = built.get(timeZone);
    if (known) return known;
    const format = new Intl.DateTimeFormat(locale, { hourCycle: 'h23', ...options, timeZone });
    // Names come from outside, and the runtime takes one in any mix of capitals.
    if (built.size >= MAX_ZONES) built.clear();
    built.set(timeZone, format);
    return format;
  };
}

const anyFormat = perZone({ day: 'numeric' });

/** Tells whether the runtime knows a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    anyFormat(name);
    return true;
  } catch {
    return false;
  }
}

/** Writes an instant (ms UTC) as "2026-03-05 09:25:07", in UTC. */
export const utcSecond = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** Writes an instant (ms UTC) as "2026-03-05 09:25", in UTC. */
export const utcMinute = (at: number): string => utcSecond(at).slice(0, -':07'.length);
