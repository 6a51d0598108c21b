import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PersonLogEntry } from '../../domain/ports/people.ts';
import { type Queries, THE_TENANT } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';
import { StoredCounts } from './names-json.ts';

const Act = z.enum(['export begun', 'exported', 'erasure begun', 'erased', 'put on hold', 'hold ended']);

/** Notes what was done with what is stored about somebody. */
export async function notePerson(db: Queries, entry: Omit<PersonLogEntry, 'id'>): Promise<void> {
  await db
    .insertInto('person_log')
    .values({
      tenant_id: THE_TENANT,
      id: randomUUID(),
      at: entry.at,
      act: entry.act,
      person: entry.person,
      by_user: entry.by,
      counts: JSON.stringify(entry.counts),
      reason: entry.reason,
    })
    .execute();
}

/** Everything that was noted, newest first. */
export async function personLog(db: Queries): Promise<PersonLogEntry[]> {
  const rows = await db
    .selectFrom('person_log')
    .selectAll()
    .where('tenant_id', '=', THE_TENANT)
    .orderBy('at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    act: Act.parse(row.act),
    person: row.person,
    by: row.by_user,
    counts: readStored(StoredCounts, row.counts, `the entry ${row.id} of the log about people`),
    reason: row.reason,
  }));
}
