import type { RawRecord } from '../../domain/ports/audit.ts';
import type { Queries } from '../database/connection.ts';

/** Few enough that a page of the largest records fits into memory. */
const PAGE = 200;

/** The archive's records of a stretch of time, half open, ms UTC, as they came: the oldest first, a page at a time. */
export async function* rawRecords(
  db: Queries,
  { from, to }: { from: number; to: number },
): AsyncGenerator<RawRecord> {
  let after = { at: from, row_no: -1 };
  for (;;) {
    const page = await db
      .selectFrom('audit_events')
      .select(['row_no', 'id', 'at', 'operation', 'raw'])
      .where('at', '>=', after.at)
      .where('at', '<', to)
      .where(({ or, eb }) => or([eb('at', '>', after.at), eb('row_no', '>', after.row_no)]))
      .orderBy('at')
      .orderBy('row_no')
      .limit(PAGE)
      .execute();
    for (const { id, at, operation, raw } of page) yield { id, at, operation, raw };
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last;
  }
}
