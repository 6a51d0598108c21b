/** A month of an invented tenant: records in the shapes of the real ones, and beside each what it is. */
import { DAY_MS } from '../../../src/domain/durations.ts';
import { aDirectoryRecord, anAccountRecord, aRoleAct } from './directory-records.ts';
import { type Draw, draws, type Made } from './fact.ts';
import { aFileRecord, aSharingRecord, aSiteRecord } from './file-records.ts';
import { aMailboxChange, aMailRecord } from './mail-records.ts';
import { anAuditingRecord, anotherRecord, aSignIn, aTeamsRecord } from './other-records.ts';

type Make = (draw: Draw, at: number) => Made | Made[];

/** Out of a thousand. */
const SHARES: readonly (readonly [Make, number])[] = [
  [aFileRecord, 540],
  [aSignIn, 150],
  [aMailRecord, 140],
  [aTeamsRecord, 50],
  [aSharingRecord, 40],
  [anotherRecord, 35],
  [aDirectoryRecord, 22],
  [aMailboxChange, 10],
  [aSiteRecord, 6],
  [anAccountRecord, 4],
  [aRoleAct, 2],
  [anAuditingRecord, 1],
];
const MAKES = SHARES.flatMap(([make, share]) => Array.from({ length: share }, () => make));

/**
 * As many records of the 30 days before `until` (ms UTC), in time order; the same for the same seed. Times are
 * whole seconds.
 */
export function aMonthOfRecords(count: number, until: number, seed = 15): Made[] {
  const draw = draws(seed);
  const made: Made[] = [];
  while (made.length < count) {
    const at = until - 1_000 - Math.floor((draw.number() * 30 * DAY_MS) / 1_000) * 1_000;
    made.push(...[draw.one(MAKES)(draw, at)].flat());
  }
  return made.slice(0, count).sort((a, b) => a.fact.at - b.fact.at);
}
