import type { UserFilter } from '../../domain/license/user-filter.ts';
import type { Part } from '../../domain/ports.ts';
import type { DatabaseKind, Queries } from '../database/connection.ts';
import { stateVersion } from '../scans/watch-state.ts';
import { findUsers } from './user-search.ts';

export type FoundIds = { total: number; ids: string[] };

/** Pages of lists: each holds the ids of one page, so that many cost little. */
const MAX_KEPT = 100;

/**
 * As `findUsers`, which looks through every user: who asks the same while no scan was committed gets what was found,
 * and who asks meanwhile waits for it instead of looking as well.
 */
export function createFoundUsers(
  db: Queries,
  kind: DatabaseKind,
): (filter: UserFilter, part: Part) => Promise<FoundIds> {
  const kept = new Map<string, Promise<FoundIds>>();
  let keptOf: number | null = null;
  return async (filter, part) => {
    // Who is looked at is found by somebody's department or scope, and hardly asked about again.
    if (filter.among) return findUsers(db, kind, filter, part);
    const version = await stateVersion(db);
    if (version !== keptOf) kept.clear();
    keptOf = version;
    const key = JSON.stringify([
      filter.kind,
      filter.skuIds.toSorted(),
      filter.accounts?.toSorted() ?? [],
      filter.path ?? null,
      filter.groupIds?.toSorted() ?? null,
      part.skip,
      part.take,
    ]);
    const known = kept.get(key);
    if (known) return known;
    const found = findUsers(db, kind, filter, part);
    kept.set(key, found);
    // A search that failed must not answer anybody who asks next.
    found.catch(() => {
      if (kept.get(key) === found) kept.delete(key);
    });
    for (const oldest of kept.keys()) {
      if (kept.size <= MAX_KEPT) break;
      kept.delete(oldest);
    }
    return found;
  };
}
