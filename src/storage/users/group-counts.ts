import { sql } from 'kysely';
import type { GroupCount } from '../../domain/ports.ts';
import type { DatabaseKind, Queries } from '../database/connection.ts';
import { stateVersion } from '../scans/watch-state.ts';
import { inRowSlices } from './row-slices.ts';
import { assignments } from './user-search.ts';

/**
 * How many users have a license by each group, and for how many it is in error: counted by the database, some
 * thousands of users at a time, once after each scan that was committed.
 */
export function createGroupCounts(db: Queries, kind: DatabaseKind): () => Promise<GroupCount[]> {
  let kept: { version: number; counts: Promise<GroupCount[]> } | null = null;
  return async () => {
    const version = await stateVersion(db);
    if (kept?.version === version) return kept.counts;
    const mine = { version, counts: countGroups(db, kind) };
    kept = mine;
    // A count that failed must not answer anybody who asks next.
    mine.counts.catch(() => {
      if (kept === mine) kept = null;
    });
    return mine.counts;
  };
}

async function countGroups(db: Queries, kind: DatabaseKind): Promise<GroupCount[]> {
  const counts = new Map<string, GroupCount>();
  for await (const { after, to } of inRowSlices(db, kind)) {
    const { rows } = await sql<{ group_id: string; members: number; broken: number }>`
      select (a.value->>1) as group_id, count(distinct u.id) as members,
        count(distinct case when (a.value->>2) in ('Error', 'ActiveWithError') or (a.value->>3) is not null
          then u.id end) as broken
      from user_states as u, ${assignments(kind, 'a')}
      where u.row_no > ${after} and u.row_no <= ${to} and u.removed_at is null and (a.value->>1) <> 'direct'
      group by (a.value->>1)`.execute(db);
    for (const row of rows) {
      const before = counts.get(row.group_id) ?? { groupId: row.group_id, members: 0, inError: 0 };
      counts.set(row.group_id, {
        groupId: row.group_id,
        members: before.members + Number(row.members),
        inError: before.inError + Number(row.broken),
      });
    }
  }
  return [...counts.values()];
}
