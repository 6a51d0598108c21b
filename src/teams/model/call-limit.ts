import { MINUTE_MS } from '../../domain/durations.ts';

/** Calls a minute: of all people together, and of one. */
export type CallLimits = { perMinute: number; perPerson: number };

/**
 * Counts calls over the last minute. Whoever is not known by an id shares one count with all such.
 * @returns whether a call may be made now (ms UTC); it is counted when it may
 */
export function createCallLimit({
  perMinute,
  perPerson,
}: CallLimits): (person: string | null, now: number) => boolean {
  let calls: { person: string | null; at: number }[] = [];
  return (person, now) => {
    calls = calls.filter(({ at }) => at > now - MINUTE_MS);
    const own = calls.filter((call) => call.person === person).length;
    if (calls.length >= perMinute || own >= perPerson) return false;
    calls.push({ person, at: now });
    return true;
  };
}
