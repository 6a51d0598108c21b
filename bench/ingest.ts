import path from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../src/app/system-clock.ts';
import { HOUR_MS } from '../src/domain/durations.ts';
import { createActivityFeed } from '../src/microsoft365/audit/activity-feed.ts';
import { createActivityReader } from '../src/microsoft365/audit/activity-reader.ts';
import { openStore } from '../src/storage/open-store.ts';
import { followRows, openBareArchive } from './bare-rows.ts';
import { cpuTime } from './cpu-time.ts';
import { residentBytes } from './memory.ts';
import { temporaryFolder } from './product.ts';
import { openBlobDoor, RECORDS_OF_A_PAGE } from './record-blobs.ts';
import { printTable } from './report.ts';

const MIB = 1024 * 1024;
/** Pages that compile what is measured; they are in the archive, but in no figure. */
const WARM_UP_PAGES = 5;

type Spent = { cpuMs: number; wallMs: number };

/** `ingest [--records N]`: records a second into the archive, beside the same rows by bare statements. */
export async function benchIngest(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { records: { type: 'string', default: '200000' } } });
  const pages = Math.ceil(Number(values.records) / RECORDS_OF_A_PAGE);
  const { folder, remove } = await temporaryFolder();
  try {
    await run(folder, pages);
  } finally {
    await remove();
  }
}

/** Each page goes into both archives, one after the other, so that a busy machine is busy for both. */
async function run(folder: string, pages: number): Promise<void> {
  const file = path.join(folder, 'product.db');
  const store = await openStore({ url: `file:${file}` });
  const bare = await openBareArchive(folder);
  const rows = followRows(file);
  const now = systemClock.now();
  const client = openBlobDoor(pages + WARM_UP_PAGES, now);
  const reader = createActivityReader(createActivityFeed(client, 'tenant'), systemClock, 'Audit.General');
  const read = reader
    .read({ from: now - HOUR_MS, to: now }, store.audit.storedContents, new AbortController().signal)
    [Symbol.asyncIterator]();
  const spent = { product: nothing(), bare: nothing() };
  const resident: number[] = [];
  let bytes = 0;

  for (let page = -WARM_UP_PAGES; page < pages; page++) {
    const texts = client.prepare(page + WARM_UP_PAGES);
    const byProduct = await timed(async () => {
      const next = await read.next();
      if (next.done) throw new Error('The reader ended early.');
      const added = await store.audit.append(next.value.events, systemClock.now(), next.value.contents);
      if (added !== RECORDS_OF_A_PAGE) throw new Error(`${added} records of a page were new.`);
    });
    const same = rows.next();
    const byBare = await timed(async () => bare.insert(texts, same));
    if (page < 0) continue;
    add(spent.product, byProduct);
    add(spent.bare, byBare);
    for (const text of texts) bytes += Buffer.byteLength(text);
    resident.push(residentBytes() / MIB);
  }
  rows.close();
  bare.close();
  await store.close();
  report(pages * RECORDS_OF_A_PAGE, bytes, spent, resident);
}

const nothing = (): Spent => ({ cpuMs: 0, wallMs: 0 });

function add(sum: Spent, { cpuMs, wallMs }: Spent): void {
  sum.cpuMs += cpuMs;
  sum.wallMs += wallMs;
}

async function timed(work: () => Promise<void>): Promise<Spent> {
  const cpuBefore = cpuTime();
  const startedAt = performance.now();
  await work();
  return { cpuMs: cpuTime() - cpuBefore, wallMs: performance.now() - startedAt };
}

function report(
  records: number,
  bytes: number,
  { product, bare }: { product: Spent; bare: Spent },
  resident: readonly number[],
): void {
  console.log(`${records} records, ${(bytes / 1e6).toFixed(0)} MB of JSON\n`);
  const row = (name: string, { cpuMs, wallMs }: Spent): string[] => [
    name,
    ((records / wallMs) * 1000).toFixed(0),
    `${((bare.wallMs / wallMs) * 100).toFixed(0)} %`,
    ((records / cpuMs) * 1000).toFixed(0),
    `${((bare.cpuMs / cpuMs) * 100).toFixed(0)} %`,
  ];
  printTable(
    ['', 'rows/s', 'of bare', 'rows/s of CPU', 'of bare'],
    [row('JSON.parse and bare statements', bare), row('the product', product)],
  );
  const quarters = [0.25, 0.5, 0.75, 1].map((part) =>
    Math.max(
      ...resident.slice(Math.floor(resident.length * (part - 0.25)), Math.ceil(resident.length * part)),
    ).toFixed(0),
  );
  console.log(`\nHighest resident memory in each quarter of the run, MiB: ${quarters.join(', ')}`);
}
