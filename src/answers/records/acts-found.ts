import { withoutCopies } from '../../domain/audit/copies.ts';
import type { FoundRecord } from '../../domain/ports.ts';

/** An act with the record that says most of it, and the other records that tell the same. */
export type ActFound = { record: FoundRecord; copies: FoundRecord[] };

/** Joins the records that both logs have of one act; the newest act comes first. */
export function actsFound(records: readonly FoundRecord[]): ActFound[] {
  const byEvent = new Map(records.map((record) => [record.event, record]));
  return withoutCopies([...byEvent.keys()])
    .flatMap(({ event, copies }) => {
      const record = byEvent.get(event);
      return record ? [{ record, copies: copies.flatMap((copy) => byEvent.get(copy) ?? []) }] : [];
    })
    .toSorted((a, b) => b.record.at - a.record.at || b.record.rowNo - a.record.rowNo);
}
