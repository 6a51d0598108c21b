import { z } from 'zod';

/**
 * A `DateTimeOffset` of Graph, parsed to ms UTC. The Management Activity API leaves the zone out and means
 * UTC, so a text without one is read as UTC.
 */
export const Instant = z.string().transform((text, context) => {
  const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  if (Number.isFinite(at)) return at;
  context.addIssue({ code: 'custom', message: 'Expected a date and time' });
  return z.NEVER;
});

/** What a date says that stands for none: some services write the first day of the calendar. */
const NO_DATE_BEFORE = Date.UTC(1990, 0, 1);

/** An instant (ms UTC), or null for none, however Graph writes that. */
export const timeOrNull = (at: number | null | undefined): number | null =>
  at === undefined || at === null || at < NO_DATE_BEFORE ? null : at;
