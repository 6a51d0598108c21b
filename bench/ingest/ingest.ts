import { execFile } from 'node:child_process';
import process from 'node:process';
import { parseArgs, promisify } from 'node:util';
import { systemClock } from '../../src/app/system-clock.ts';
import { cpuTime, median } from '../cpu-time.ts';
import { temporaryFolder } from '../product.ts';
import { RECORDS_OF_A_PAGE } from '../record-blobs.ts';
import { printTable } from '../report.ts';
import { type Collector, openCollector } from './collector.ts';
import { type Ingest, openIngest, type Parts } from './variants.ts';

/** Pages that compile what is measured; they are in the archive, but in no figure. */
const WARM_UP_PAGES = 6;
const COLLECTOR = 'collector';
const ALONE = 'ingest alone';

const NONE: Parts = { detections: false, search: false, chain: false };
const VARIANTS: Readonly<Record<string, Parts>> = {
  [ALONE]: NONE,
  detections: { ...NONE, detections: true },
  'full text': { ...NONE, search: true },
  chain: { ...NONE, chain: true },
  all: { detections: true, search: true, chain: true },
};

/**
 * `ingest [--records N] [--rules N] [--rounds n] [--only a,b]`: what it costs to store records beside a collector, and
 * what detections, full text and the chain add, each by itself.
 */
export async function benchIngest(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      records: { type: 'string', default: '200000' },
      rules: { type: 'string', default: '300' },
      rounds: { type: 'string', default: '5' },
      only: { type: 'string', default: Object.keys(VARIANTS).join(',') },
    },
  });
  const rounds = Number(values.rounds);
  const pages = Math.ceil(Number(values.records) / RECORDS_OF_A_PAGE / rounds);
  const { folder, remove } = await temporaryFolder();
  try {
    const names = [ALONE, ...values.only.split(',').filter((name) => name !== ALONE)];
    const options = {
      pages: pages * rounds + WARM_UP_PAGES,
      rules: Number(values.rules),
      now: systemClock.now(),
    };
    const variants = new Map<string, Ingest>();
    for (const name of names) {
      variants.set(name, await openIngest(folder, name, VARIANTS[name] ?? NONE, options));
    }
    const collector = openCollector(folder);
    const spent = await measured(variants, collector, pages, rounds);
    collector.close();
    for (const variant of variants.values()) await variant.close();
    report(spent, pages * rounds * RECORDS_OF_A_PAGE, rounds);
    const { stdout } = await promisify(execFile)(process.execPath, [
      process.argv[1] ?? '',
      'ingest-memory',
      '--records',
      values.records,
    ]);
    console.log(stdout);
  } finally {
    await remove();
  }
}

/** `ingest-memory [--records N]`: the most that a process has held in memory that does nothing but ingest. */
export async function benchIngestMemory(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { records: { type: 'string', default: '200000' } } });
  const pages = Math.ceil(Number(values.records) / RECORDS_OF_A_PAGE);
  const { folder, remove } = await temporaryFolder();
  try {
    const ingest = await openIngest(folder, ALONE, NONE, { pages, rules: 0, now: systemClock.now() });
    const before = process.memoryUsage.rss();
    for (let page = 0; page < pages; page++) {
      ingest.door.prepare(page);
      await ingest.page();
    }
    await ingest.close();
    const mib = (bytes: number): string => (bytes / 1024 / 1024).toFixed(0);
    const peak = mib(process.resourceUsage().maxRSS * 1024);
    console.log(`Peak resident memory of ingest alone: ${peak} MiB, ${mib(before)} before; target 250.`);
  } finally {
    await remove();
  }
}

/** `detect [--records N] [--rules N] [--rounds n]`: as `ingest`, with detections alone. */
export const benchDetect = (args: string[]): Promise<void> => benchIngest([...args, '--only', 'detections']);

/** CPU time of each in each round, ms. */
type Spent = ReadonlyMap<string, number[]>;

/** Each page goes through all of them, one after the other, so that a busy machine is busy for all. */
async function measured(
  variants: ReadonlyMap<string, Ingest>,
  collector: Collector,
  pages: number,
  rounds: number,
): Promise<Spent> {
  const names = [COLLECTOR, ...variants.keys()];
  const spent = new Map(names.map((name) => [name, Array<number>(rounds).fill(0)]));
  for (let page = -WARM_UP_PAGES; page < pages * rounds; page++) {
    const texts = [...variants.values()].map(({ door }) => door.prepare(page + WARM_UP_PAGES))[0] ?? [];
    for (const name of names) {
      const before = cpuTime();
      await (variants.get(name)?.page() ?? collector.take(texts));
      const round = spent.get(name);
      if (page >= 0 && round)
        round[Math.floor(page / pages)] = (round[Math.floor(page / pages)] ?? 0) + cpuTime() - before;
    }
  }
  return spent;
}

function report(spent: Spent, records: number, rounds: number): void {
  console.log(`${records} records in ${rounds} rounds\n`);
  const alone = spent.get(ALONE) ?? [];
  const rows = [...spent].map(([name, times]) => {
    const base = name === ALONE ? (spent.get(COLLECTOR) ?? []) : alone;
    const ratios = times.map((ms, round) => ms / (base[round] ?? Number.NaN)).sort((a, b) => a - b);
    const isPart = name !== ALONE && name !== COLLECTOR;
    const told = (ratio: number): string =>
      isPart ? `+${(100 * (ratio - 1)).toFixed(1)} %` : ratio.toFixed(2);
    return [
      name,
      ((times.reduce((sum, ms) => sum + ms, 0) / records) * 1000).toFixed(1),
      name === COLLECTOR ? '' : told(median(ratios)),
      name === COLLECTOR ? '' : told(ratios[0] ?? Number.NaN),
      name === COLLECTOR || name === 'all' ? '' : isPart ? '+25 %' : '1.20',
    ];
  });
  printTable(['', 'CPU, µs a record', 'median', 'best', 'target'], rows);
  console.log('\nIngest alone is compared with the collector, each part with ingest alone.');
}
