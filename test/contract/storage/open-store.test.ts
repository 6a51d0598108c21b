import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../src/storage/open-store.ts';
import { aDecision, aRestoreStep } from '../../builders/incident/decision.ts';
import { aScanCommit, scanFinds, userNo } from './scans/scanning.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-'));
});
afterEach(() => rm(folder, { recursive: true }));

const urlOf = (name: string): string => `file:${path.join(folder, name)}`;

describe('opening a store', () => {
  it('creates the folder and the tables, and finds everything there the next time', async () => {
    const url = urlOf('not/yet/there.db');
    const first = await openStore({ url });
    await scanFinds(first, [userNo(1)], { deltaLink: 'link' });
    await first.close();
    const second = await openStore({ url });
    expect(await second.scans.deltaLink()).toBe('link');
    expect(await second.users.count()).toEqual({ present: 1, licensed: 0 });
    await second.close();
  });

  it('takes a file URL as well as a path', async () => {
    const store = await openStore({ url: `file://${path.join(folder, 'with%20space.db')}` });
    await store.close();
    expect((await readFile(path.join(folder, 'with space.db'))).subarray(0, 6).toString()).toBe('SQLite');
  });

  it.each([
    ['another scheme', 'mysql://localhost/x', 'unsupported-url', /must begin with file:/],
    ['no file', 'file:', 'unsupported-url', /names no file/],
  ])('says what a URL with %s must look like', async (_name, url, code, message) => {
    await expect(openStore({ url })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('says that a file is not a database', async () => {
    await writeFile(
      path.join(folder, 'notes.db'),
      'These are notes, not a database, and long enough to tell.',
    );
    await expect(openStore({ url: urlOf('notes.db') })).rejects.toMatchObject({
      code: 'cannot-open',
      message: expect.stringMatching(/not a SQLite database/),
    });
  });

  it('says that a folder is not a file, and a file not a folder', async () => {
    await expect(openStore({ url: `file:${folder}` })).rejects.toMatchObject({
      code: 'cannot-open',
      message: expect.stringMatching(/Is it a folder/),
    });
    await writeFile(path.join(folder, 'file'), '');
    await expect(openStore({ url: urlOf('file/store.db') })).rejects.toMatchObject({
      code: 'cannot-open',
      message: expect.stringMatching(/is a file, not a folder/),
    });
  });

  it('refuses a database that a newer version has changed', async () => {
    await (await openStore({ url: urlOf('new.db') })).close();
    const database = new DatabaseSync(path.join(folder, 'new.db'));
    database.exec(
      `insert into kysely_migration (name, timestamp) values ('999-later', '2030-01-01T00:00:00Z')`,
    );
    database.close();
    await expect(openStore({ url: urlOf('new.db') })).rejects.toMatchObject({
      code: 'newer-database',
      message: expect.stringMatching(/999-later/),
    });
  });

  it('says that a PostgreSQL server does not answer, without telling the password', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    server.close();
    await once(server, 'close');
    const failed = openStore({ url: `postgres://bot:secret@127.0.0.1:${port}/watch` });
    await expect(failed).rejects.toMatchObject({
      code: 'cannot-open',
      message: expect.stringMatching(/does not answer/),
    });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringMatching(/secret/) });
  });
});

const MODULE = path.resolve('src/storage/open-store.ts');

/** Another process that opens the store and runs this code with it. */
function processWith(url: string, code: string) {
  const script = `import { openStore } from ${JSON.stringify(MODULE)};
    const store = await openStore({ url: ${JSON.stringify(url)} });
    ${code}`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

describe('processes on one file', () => {
  it('may open it for the first time at the same moment', async () => {
    const url = urlOf('shared.db');
    const processes = Array.from({ length: 4 }, () =>
      processWith(url, 'await store.ping(); await store.close();'),
    );
    const codes = await Promise.all(processes.map(async (child) => (await once(child, 'exit'))[0]));
    expect(codes).toEqual([0, 0, 0, 0]);
  });

  it('let one of them write an incident, and one of them hold a lease', async () => {
    const url = urlOf('shared.db');
    await (await openStore({ url })).close();
    const code = `
      const won = (await store.leases.take('scan', String(process.pid), 1000, null)) !== null;
      let added = 0;
      for (let n = 0; n < 20; n++) {
        await store.outbox.enqueue([{ key: 'n' + n, message: { kind: 'notice', title: '', text: '' }, notBefore: 0 }]);
        added += await store.audit.append([{ raw: '', event: { id: 'r' + n, source: 'activity', at: n, operation: '',
          workload: '', result: 'success', resultReason: null, actor: null, targets: [], correlationId: null,
          clientIp: null, actionClient: null, modified: [], licenses: null, group: null, sequence: null } }], 0);
      }
      console.log(JSON.stringify({ won, added }));
      await store.close();`;
    const outputs = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const child = processWith(url, code);
        let output = '';
        child.stdout.on('data', (data) => {
          output += data;
        });
        await once(child, 'close');
        return JSON.parse(output) as { won: boolean; added: number };
      }),
    );
    expect(outputs.filter(({ won }) => won)).toHaveLength(1);
    expect(outputs.reduce((sum, { added }) => sum + added, 0)).toBe(20);
    const store = await openStore({ url });
    expect(await store.outbox.due(0)).toHaveLength(20);
    await store.close();
  });

  it('share the steps of a decision: each is claimed by one of them, and stays claimed when that one is killed', async () => {
    const url = urlOf('steps.db');
    const store = await openStore({ url });
    const steps = Array.from({ length: 60 }, (_, index) => aRestoreStep({ stepNo: index + 1 }));
    await store.incidents.commit({
      incidents: [],
      verdicts: [],
      settled: [],
      outbox: [],
      decisions: [aDecision()],
      steps,
    });
    const code = `
      const mine = [];
      for (;;) {
        const planned = (await store.decisions.openSteps()).filter(({ status }) => status === 'planned');
        if (planned.length === 0) break;
        const taken = await store.decisions.claim(planned.slice(0, 4), 5_000);
        mine.push(...taken.map(({ stepNo }) => stepNo));
      }
      console.log(JSON.stringify(mine));
      setInterval(() => {}, 1000);`;
    const claimed = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const child = processWith(url, code);
        const [output] = await once(child.stdout, 'data');
        child.kill('SIGKILL');
        await once(child, 'exit');
        return JSON.parse(String(output)) as number[];
      }),
    );
    const all = claimed.flat().toSorted((a, b) => a - b);
    expect(all).toEqual(steps.map(({ stepNo }) => stepNo));
    const left = await store.decisions.openSteps();
    expect(left.map(({ status, updatedAt }) => [status, updatedAt])).toEqual(
      steps.map(() => ['sending', 5_000]),
    );
    await store.close();
  });

  it('lose nothing committed and keep nothing uncommitted when one is killed', async () => {
    const url = urlOf('killed.db');
    const store = await openStore({ url });
    await scanFinds(store, [userNo(1)]);
    await store.close();
    const child = processWith(
      url,
      `const user = (id) => (${JSON.stringify(userNo(2))});
      const other = ${JSON.stringify(userNo(3))};
      const committed = await store.scans.begin('killed-1');
      await committed.stage([user()]);
      await committed.commit({ record: { id: 'killed-1', kind: 'delta', startedAt: 1, finishedAt: 2,
        outcome: 'complete', reasonCode: null, reason: null, usersRead: 1, changes: 0 },
        changes: [], settle: [], tenant: null, deltaLink: 'kept' });
      const begun = await store.scans.begin('killed-2');
      await begun.stage([other]);
      await begun.stageGone([${JSON.stringify(userNo(1).id)}]);
      console.log('staged');
      setInterval(() => {}, 1000);`,
    );
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');

    const later = await openStore({ url });
    expect(await later.scans.deltaLink()).toBe('kept');
    expect(await later.users.count()).toEqual({ present: 2, licensed: 0 });
    expect((await later.scans.recent(9)).map((scan) => scan.id)).toContain('killed-1');
    const session = await later.scans.begin('after');
    await session.stage([userNo(1), userNo(2)]);
    expect(await session.unseen()).toEqual([]);
    await session.commit(aScanCommit());
    await later.close();
  });
});
