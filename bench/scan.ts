import { parseArgs } from 'node:util';
import { median, withCpuTime } from './cpu-time.ts';
import { residentBytes, watchMemory } from './memory.ts';
import { measureParse, type ParseCost } from './page-bodies.ts';
import { type BenchProduct, openProduct } from './product.ts';
import { printTable } from './report.ts';
import { type BenchTenant, startTenant } from './simulated-tenant.ts';

/** Somebody on the first page, whose absence moves every other user by one. */
const EARLY_USER = 'adelev@contoso.com';

type Measured = { name: string; cpuMs: number; wallMs: number; rows: number; peakMib: number | null };

/** `scan --users N [--runs n]`: what a full scan costs, in units of `JSON.parse` over the same page bodies. */
export async function benchScan(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { users: { type: 'string', default: '200000' }, runs: { type: 'string', default: '3' } },
  });
  const tenant = await startTenant(Number(values.users));
  try {
    await run(tenant, Number(values.runs));
  } finally {
    await tenant.stop();
  }
}

async function run(tenant: BenchTenant, runs: number): Promise<void> {
  const measured: Measured[] = [];
  const parses: ParseCost[] = [];
  const firstScan = async (): Promise<{ product: BenchProduct; idle: number }> => {
    const product = await openProduct(tenant);
    const idle = residentBytes();
    measured.push(await fullScan('first scan', product, idle));
    return { product, idle };
  };

  // Memory is measured in the first two scans, before the pages are held for JSON.parse.
  const { product, idle } = await firstScan();
  measured.push(await fullScan('unchanged', product, idle));
  parses.push(await measureParse(tenant));
  for (let at = 1; at < runs; at++) measured.push(await fullScan('unchanged', product));
  await moveAllPages(tenant, async () => {
    measured.push(await fullScan('unchanged, every page moved by one user', product));
  });
  await product.close();
  for (let at = 1; at < runs; at++) await (await firstScan()).product.close();
  parses.push(await measureParse(tenant));
  report(measured, parses);
}

/** Deletes and restores an early user, so that no page is as it was; scans after each. */
async function moveAllPages(tenant: BenchTenant, scan: () => Promise<void>): Promise<void> {
  const early = await tenant.userId(EARLY_USER);
  for (let round = 0; round < 2; round++) {
    await tenant.act({ kind: 'delete-user', users: [early] });
    await scan();
    await tenant.act({ kind: 'restore-user', users: [early] });
    await scan();
  }
}

function report(measured: readonly Measured[], parses: readonly ParseCost[]): void {
  const parseMs = median(parses.map((parse) => parse.cpuMs));
  const { pages = 0, bytes = 0 } = parses[0] ?? {};
  console.log(
    `JSON.parse of ${pages} pages, ${(bytes / 1e6).toFixed(0)} MB: ${parseMs.toFixed(0)} ms CPU (${parses.map((parse) => parse.cpuMs.toFixed(0)).join(', ')})\n`,
  );
  const names = [...new Set(measured.map(({ name }) => name))];
  printTable(
    ['full scan', 'CPU ms', '× JSON.parse', 'single runs', 'rows/s', 'MiB above idle'],
    names.map((name) => {
      const same = measured.filter((one) => one.name === name);
      const cpuMs = median(same.map((one) => one.cpuMs));
      return [
        name,
        cpuMs.toFixed(0),
        (cpuMs / parseMs).toFixed(2),
        same.map((one) => (one.cpuMs / parseMs).toFixed(2)).join(' '),
        median(same.map((one) => (one.rows / one.wallMs) * 1000)).toFixed(0),
        same[0]?.peakMib?.toFixed(0) ?? '',
      ];
    }),
  );
}

async function fullScan(name: string, product: BenchProduct, idleBytes?: number): Promise<Measured> {
  const memory = idleBytes === undefined ? null : watchMemory(idleBytes);
  const startedAt = performance.now();
  const { result, cpuMs } = await withCpuTime(() => product.scan({ kind: 'full' }));
  const wallMs = performance.now() - startedAt;
  return { name, cpuMs, wallMs, rows: result.usersRead, peakMib: memory?.peakMib() ?? null };
}
