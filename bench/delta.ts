import { parseArgs } from 'node:util';
import { median, withCpuTime } from './cpu-time.ts';
import { openProduct } from './product.ts';
import { printTable } from './report.ts';
import { startTenant } from './simulated-tenant.ts';

const PRODUCT = 'FLOW_FREE';

type Cost = { users: number; cpuMs: number[]; wallMs: number[] };

/** `delta [--users N,M] [--changes n] [--runs n]`: what a quick scan costs in tenants of different sizes. */
export async function benchDelta(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      users: { type: 'string', default: '1000,1000000' },
      changes: { type: 'string', default: '50' },
      runs: { type: 'string', default: '8' },
    },
  });
  const costs: Cost[] = [];
  for (const users of values.users.split(',').map(Number)) {
    costs.push(await deltaScans(users, Number(values.changes), Number(values.runs)));
  }
  const smallest = median(costs[0]?.cpuMs ?? []);
  printTable(
    ['users', 'CPU ms', 'wall ms', '× the first row', 'single runs'],
    costs.map(({ users, cpuMs, wallMs }) => [
      String(users),
      median(cpuMs).toFixed(1),
      median(wallMs).toFixed(1),
      (median(cpuMs) / smallest).toFixed(2),
      cpuMs.map((ms) => ms.toFixed(0)).join(' '),
    ]),
  );
}

/** Reads a tenant in full, then lets some users lose or gain a license before each quick scan. */
async function deltaScans(users: number, changes: number, runs: number): Promise<Cost> {
  const tenant = await startTenant(users);
  const cost: Cost = { users, cpuMs: [], wallMs: [] };
  try {
    const product = await openProduct(tenant);
    await product.scan({ kind: 'full' });
    const people = await product.unlicensed(changes);
    // The first two warm up: they compile what a full read does not use.
    for (let run = -2; run < runs; run++) {
      const kind = run % 2 === 0 ? 'assign-license' : 'remove-license';
      await tenant.act({ kind, users: people, sku: PRODUCT });
      const startedAt = performance.now();
      const { result, cpuMs } = await withCpuTime(() => product.scan({ kind: 'delta' }));
      if (result.changes !== changes)
        throw new Error(`${result.changes} changes were found, not ${changes}.`);
      if (run < 0) continue;
      cost.cpuMs.push(cpuMs);
      cost.wallMs.push(performance.now() - startedAt);
    }
    await product.close();
  } finally {
    await tenant.stop();
  }
  return cost;
}
