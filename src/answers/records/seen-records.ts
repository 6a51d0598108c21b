import type { Scope } from '../../domain/access/scope.ts';
import type { FoundRecord, RecordSearch, SearchStore } from '../../domain/ports.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { recordPages } from './record-pages.ts';

/** Of somebody who sees some users only, as many records are looked at. */
const MOST_LOOKED_AT = 5_000;

/** The newest records that somebody may see, and how many there are in each quarter of an hour. */
export type SeenRecords = {
  records: FoundRecord[];
  quarters: { at: number; records: number }[];
  total: number;
  /** Whether there may be more than `total`. */
  more: boolean;
};

/** @param sees who the asker may see; null is everybody */
export async function seenRecords(
  store: SearchStore,
  search: RecordSearch,
  sees: Scope,
  deps: AnswerDeps,
  wanted: number,
): Promise<SeenRecords> {
  if (sees === null) {
    const quarters = await store.counts(search);
    const total = quarters.reduce((sum, { records }) => sum + records, 0);
    return { records: await store.find(search, wanted, null), quarters, total, more: false };
  }
  const records: FoundRecord[] = [];
  let looked = 0;
  for await (const page of recordPages(store, search, sees, deps.store)) {
    records.push(...page.records);
    looked += page.looked;
    if (looked >= MOST_LOOKED_AT) {
      return { records, quarters: asQuarters(records), total: records.length, more: true };
    }
  }
  return { records, quarters: asQuarters(records), total: records.length, more: false };
}

const asQuarters = (records: readonly FoundRecord[]): SeenRecords['quarters'] =>
  records.map(({ at }) => ({ at, records: 1 }));
