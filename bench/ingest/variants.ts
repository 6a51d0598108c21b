import path from 'node:path';
import { systemClock } from '../../src/app/system-clock.ts';
import { createDetector, type Detector } from '../../src/domain/detection/evaluate.ts';
import { createViewer } from '../../src/domain/detection/records/view-of.ts';
import { HOUR_MS } from '../../src/domain/durations.ts';
import { createActivityFeed } from '../../src/microsoft365/audit/activity-feed.ts';
import { createActivityReader } from '../../src/microsoft365/audit/activity-reader.ts';
import { type Chain, createChain } from '../../src/storage/archive/chain.ts';
import { createHoldStore } from '../../src/storage/archive/hold-store.ts';
import { createAuditStore } from '../../src/storage/audit/audit-store.ts';
import { indexRecords, type SearchIndex } from '../../src/storage/audit/search-index.ts';
import { migrate } from '../../src/storage/database/migrate.ts';
import { openSqlite } from '../../src/storage/open-sqlite.ts';
import { type BlobDoor, openBlobDoor, RECORDS_OF_A_PAGE } from '../record-blobs.ts';
import { manyRules } from './many-rules.ts';

/** What ingest does besides storing records. */
export type Parts = { detections: boolean; search: boolean; chain: boolean };

/** The whole path of a record, from the text of its blob to the archive, with some of the parts or none. */
export type Ingest = {
  /** Reads and stores the page whose texts are at the door. */
  page(): Promise<void>;
  door: BlobDoor;
  close(): Promise<void>;
};

const nothing = (): Promise<void> => Promise.resolve();
const NO_CHAIN: Chain = {
  lock: nothing,
  sealRecords: nothing,
  sealRemoval: nothing,
  sealOlder: () => Promise.resolve(0),
};
const NO_INDEX: SearchIndex = nothing;

export async function openIngest(
  folder: string,
  name: string,
  parts: Parts,
  { pages, rules, now }: { pages: number; rules: number; now: number },
): Promise<Ingest> {
  const open = await openSqlite(path.join(folder, `${name}.db`));
  const { db, kind } = open;
  await migrate(db, kind);
  const audit = createAuditStore(open, {
    chain: parts.chain ? createChain(kind, { id: 'bench', secret: 'bench' }) : NO_CHAIN,
    index: parts.search
      ? (transaction, records) => indexRecords(transaction, open.writeRows, records)
      : NO_INDEX,
    holds: createHoldStore(db),
  });
  const detector: Detector | undefined = parts.detections
    ? createDetector(await manyRules(rules), createViewer())
    : undefined;
  const door = openBlobDoor(pages, now);
  const reader = createActivityReader(createActivityFeed(door, 'tenant'), systemClock, 'Audit.General');
  const read = reader
    .read({ from: now - HOUR_MS, to: now }, audit.storedContents, new AbortController().signal)
    [Symbol.asyncIterator]();
  return {
    door,
    async page() {
      for (let added = 0; added < RECORDS_OF_A_PAGE; ) {
        const next = await read.next();
        if (next.done) throw new Error('The reader ended early.');
        const { events, contents } = next.value;
        const fresh = await audit.append(events, systemClock.now(), contents, detector);
        if (fresh !== events.length) throw new Error(`${fresh} of ${events.length} records were new.`);
        added += fresh;
      }
    },
    close: () => db.destroy(),
  };
}
