import type { DigestEntry } from '../../domain/ports.ts';
import { insertChunks, type Queries, THE_TENANT } from '../database/connection.ts';

/** Keeps entries, inside the caller's transaction: one that waits is replaced, one that was told stays told. */
export async function insertDigestEntries(db: Queries, entries: readonly DigestEntry[]): Promise<void> {
  for (const chunk of insertChunks(entries)) {
    await db
      .insertInto('digest_entries')
      .values(
        chunk.map(({ targetKey, dueAt, ...entry }) => ({
          tenant_id: THE_TENANT,
          ...entry,
          target_key: targetKey,
          due_at: dueAt,
          told_at: null,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'key', 'target_key'])
          .doUpdateSet((row) => ({
            line: row.ref('excluded.line'),
            why: row.ref('excluded.why'),
            class: row.ref('excluded.class'),
          }))
          .where('digest_entries.told_at', 'is', null),
      )
      .execute();
  }
}
