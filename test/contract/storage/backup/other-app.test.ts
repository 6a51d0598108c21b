import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import tls from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compose } from '../../../../src/app/compose.ts';
import { loadConfig } from '../../../../src/config/config.ts';
import type { ScanRecord } from '../../../../src/domain/ports.ts';
import { type Simulator, startSimulator } from '../../../../src/simulator/start.ts';
import { sharedCertificate } from '../../../builders/simulator/shared-certificate.ts';
import { settingsFor } from '../../../builders/simulator/simulated-settings.ts';

const FIRST_VERSION = gunzipSync(readFileSync(new URL('first-version.db.gz', import.meta.url)));
const OTHER_APP = '5e1f0a77-1111-4222-8333-444455556666';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-other-app-'));
  file = path.join(folder, 'watch.db');
  await writeFile(file, FIRST_VERSION);
});
afterEach(() => rm(folder, { recursive: true }));

/** The tenant of the file's demo; only the app that it lets in differs. */
const aTenant = async (app: {
  port?: number;
  clientId?: string;
  clientSecret?: string;
}): Promise<Simulator> => {
  const certificate = await sharedCertificate();
  const clock = { now: () => Date.now() };
  const simulator = await startSimulator({ scenario: 'forum', clock, certificate, ...app });
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), simulator.caCertificate]);
  return simulator;
};

async function readBy(simulator: Simulator): Promise<ScanRecord | null> {
  const loaded = loadConfig({ ...settingsFor(simulator, `file:${file}`), LOG_LEVEL: 'silent' });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const app = await compose(loaded.config);
  const record = await app.scanOnce({ kind: 'full' }, new AbortController().signal);
  await app.stop();
  return record;
}

function rows(): Record<string, number> {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = database
    .prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`)
    .all()
    .map(({ name }) => String(name));
  const counted = tables.map((table) => {
    const found = database.prepare(`select count(*) as n from "${table}"`).get();
    return [table, Number(found?.n)];
  });
  database.close();
  return Object.fromEntries(counted);
}

it('keeps everything, and finds no change, when another app reads the same tenant', async () => {
  const former = await aTenant({});
  expect(await readBy(former)).toMatchObject({ outcome: 'complete' });
  const before = rows();
  await former.close();

  const present = await aTenant({ port: former.port, clientId: OTHER_APP, clientSecret: 'another secret' });
  expect(present.clientId).not.toBe(former.clientId);
  expect(await readBy(present)).toMatchObject({ outcome: 'complete', usersRead: 41 });
  await present.close();
  const after = rows();
  expect(before).toMatchObject({ incidents: 1, decisions: 1, conversations: 2 });
  expect(Object.keys(before).filter((table) => (after[table] ?? 0) < (before[table] ?? 0))).toEqual([]);
  expect(after.license_changes).toBe(before.license_changes);
});
