import path from 'node:path';
import { parseArgs } from 'node:util';
import { createAsk } from '../src/answers/ask.ts';
import type { JobContext } from '../src/jobs/context.ts';
import { attributeDue } from '../src/jobs/explain/attribute.ts';
import { openStore } from '../src/storage/open-store.ts';
import { aJobWorld } from '../test/builders/jobs/job-context.ts';
import { fillArchive } from './archive-fill.ts';
import { writeIncident, writeLedger } from './archive-ledger.ts';
import { forgetIndex, reportSearch } from './archive-search.ts';
import { temporaryFolder } from './product.ts';
import { personNumber } from './record-mix.ts';
import { printTable } from './report.ts';

const PEOPLE = 50_000;
const DAYS = 180;
const NOW = Date.UTC(2026, 10, 24, 10);
/** People whose licenses changed before; the first of them also act the most. */
const WITH_CHANGES = 20_000;
const INCIDENT_FROM = 30_000;
const ADMIN = 17;

type Ask = (text: string) => Promise<{ lead: string; ms: number }>;

/** `archive [--records N] [--asks n] [--losers n]`: answers and attribution over an archive of many records. */
export async function benchArchive(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      records: { type: 'string', default: '5000000' },
      asks: { type: 'string', default: '200' },
      losers: { type: 'string', default: '5000' },
    },
  });
  const { folder, remove } = await temporaryFolder();
  try {
    await run(folder, Number(values.records), Number(values.asks), Number(values.losers));
  } finally {
    await remove();
  }
}

async function run(folder: string, records: number, asks: number, losers: number): Promise<void> {
  const file = path.join(folder, 'archive.db');
  const url = `file:${file}`;
  const people = Array.from({ length: PEOPLE }, (_, number) => personNumber(number));
  await (await openStore({ url })).close();
  const fillMs = await elapsed(() => fillArchive(file, records, people, { days: DAYS, until: NOW }));
  console.log(`${records} records filled in ${(fillMs / 1000).toFixed(0)} s\n`);

  forgetIndex(file, records);
  const store = await openStore({ url });
  const indexMs = await elapsed(() => store.search.indexOlder());
  console.log(`indexed in ${(indexMs / 1000).toFixed(0)} s`);
  await reportSearch(store, people, asks, NOW);
  await writeLedger(store, people, NOW);
  const answer = createAsk({ store, now: () => NOW, timeZone: 'UTC', incidentView: async () => null });
  const ask: Ask = async (text) => {
    const startedAt = performance.now();
    const { lead } = await answer(text, { userId: null, timeZone: null, sees: null, acts: null });
    return { lead, ms: performance.now() - startedAt };
  };
  // The first question reads the directory, which is kept until the next scan.
  console.log(`First question, with the directory: ${(await ask('status')).ms.toFixed(0)} ms\n`);
  await report(ask, asks);

  const changes = await writeIncident(
    store,
    people.slice(INCIDENT_FROM, INCIDENT_FROM + losers),
    personNumber(ADMIN),
    NOW,
  );
  const world = await aJobWorld();
  const clock = { now: () => NOW, sleep: () => Promise.resolve() };
  const context: JobContext = { ...world.context, store, clock };
  const attributionMs = await elapsed(() => attributeDue(context));
  const incidents = await store.incidents.recent(10);
  const told = incidents.map(({ cause, level }) => `${level} ${cause}`).join(', ');
  console.log(`\nAttribution of ${changes} changes: ${attributionMs.toFixed(0)} ms (incidents: ${told})`);
  await world.store.close();
  await store.close();
}

/** Asks about people all over the list: the first act thousands of times a week, the last seldom. */
async function report(ask: Ask, asks: number): Promise<void> {
  const rows: string[][] = [];
  for (const [name, sentence] of [
    ['who changed X’s license', (upn: string) => `who changed the license of ${upn}?`],
    ['what did X do last week', (upn: string) => `what did ${upn} do last week?`],
  ] as const) {
    const times: number[] = [];
    let empty = 0;
    for (let index = 0; index < asks; index++) {
      const { upn } = personNumber(Math.floor(WITH_CHANGES * (index / asks) ** 2));
      const { lead, ms } = await ask(sentence(upn));
      if (/^No /.test(lead)) empty++;
      times.push(ms);
      if (index === 0) console.log(`${name}: ${lead}`);
    }
    rows.push([name, ...[0.5, 0.95, 1].map((part) => at(times, part).toFixed(1)), String(empty)]);
  }
  console.log('');
  printTable(['question', 'p50 ms', 'p95 ms', 'longest', 'without a record'], rows);
}

function at(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN;
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
