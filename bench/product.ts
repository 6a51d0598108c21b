import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type App, compose } from '../src/app/compose.ts';
import { loadConfig } from '../src/config/config.ts';
import type { ScanRecord } from '../src/domain/ports.ts';
import type { ScanRequest } from '../src/jobs/scan/scan.ts';
import type { BenchTenant } from './simulated-tenant.ts';

/** The settings with which the product watches this tenant, its database in `folder`. */
export const settingsFor = (tenant: BenchTenant, folder: string): Record<string, string> => ({
  AAD_APP_TENANT_ID: tenant.tenantId,
  AAD_APP_CLIENT_ID: tenant.clientId,
  AAD_APP_CLIENT_SECRET: tenant.clientSecret,
  CLOUD: 'custom',
  AUTHORITY_URL: tenant.origin,
  GRAPH_URL: tenant.origin,
  MANAGEMENT_API_URL: tenant.origin,
  DATABASE_URL: `file:${path.join(folder, 'bench.db')}`,
  LOG_LEVEL: 'error',
});

export type BenchProduct = {
  /** One scan as the `scan` command does it: lease, read, compare, commit. Throws unless it is complete. */
  scan(request: ScanRequest): Promise<ScanRecord>;
  /** Object ids of users who hold no license and may get one. */
  unlicensed(count: number): Promise<string[]>;
  close(): Promise<void>;
};

/** A new, empty folder that `remove` deletes. */
export async function temporaryFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'license-watch-bench-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The whole product, built by `compose` as `serve` builds it, on an empty SQLite file. */
export async function openProduct(tenant: BenchTenant): Promise<BenchProduct> {
  const { folder, remove } = await temporaryFolder();
  const loaded = loadConfig(settingsFor(tenant, folder));
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const app: App = await compose(loaded.config, { logTo: 'stderr' });
  await app.store.ping();
  return {
    async scan(request) {
      const record = await app.scanOnce(request, new AbortController().signal);
      if (record?.outcome !== 'complete') throw new Error(record?.reason ?? 'The scan did not run.');
      return record;
    },
    async unlicensed(count) {
      const found: string[] = [];
      for await (const users of app.store.users.all()) {
        found.push(
          ...users
            .filter(({ state }) => state.assignments.length === 0 && state.usageLocation)
            .map(({ state }) => state.id),
        );
        if (found.length >= count) break;
      }
      return found.slice(0, count);
    },
    async close() {
      await app.stop();
      await remove();
    },
  };
}
