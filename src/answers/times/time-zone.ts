import { isTimeZone } from '../../domain/time-formats.ts';

/** Gives the zone of who asks, or the tenant's: what a client sends is not always a name that the runtime knows. */
export const zoneOf = (asker: { timeZone: string | null }, tenant: { timeZone: string }): string =>
  asker.timeZone !== null && isTimeZone(asker.timeZone) ? asker.timeZone : tenant.timeZone;
