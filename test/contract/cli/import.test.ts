import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EXIT_BAD_INPUT, EXIT_FAILURE, EXIT_OK } from '../../../src/cli/command.ts';
import { importRecords } from '../../../src/cli/import.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { runCommand } from '../../builders/run-command.ts';

const CASES = path.resolve(import.meta.dirname, '../../cases');
let folder: string;
let url: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'import-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  url = `file:${path.join(await mkdtemp(path.join(folder, 'db-')), 'watch.db')}`;
  file = path.join(folder, 'records');
});

const run = (...files: string[]) => runCommand(importRecords, files, { env: { DATABASE_URL: url } });
const stored = async () => {
  const store = await openStore({ url });
  const events = await store.audit.find({ from: 0, to: Number.MAX_SAFE_INTEGER });
  await store.close();
  return events;
};

const RECORD = {
  Id: 'one',
  CreationTime: '2026-11-20T08:00:00',
  Operation: 'Change user license.',
  Workload: 'AzureActiveDirectory',
  UserId: 'megan@contoso.com',
  ObjectId: 'rick@contoso.com',
  ModifiedProperties: [],
};
const DIRECTORY = {
  Id: 'two',
  TimeGenerated: '2026-11-20T08:01:00Z',
  OperationName: 'Remove member from group',
  InitiatedBy:
    '{"user":{"id":"00000000-0000-4000-8000-000000000301","userPrincipalName":"megan@contoso.com"}}',
  TargetResources: '[{"id":"00000000-0000-4000-8000-000000000001","type":"User","modifiedProperties":[]}]',
  Result: 'success',
};
const row = { RecordId: 'one', CreationDate: '11/20/2026 8:00:00 AM', AuditData: JSON.stringify(RECORD) };
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const columns = Object.keys(DIRECTORY);

describe('license-watch import', () => {
  it.each([
    [
      'Purview rows as CSV',
      `\uFEFFRecordId,CreationDate,AuditData\r\none,11/20/2026 8:00:00 AM,${quoted(row.AuditData)}\r\n`,
    ],
    ['Purview rows as JSON', JSON.stringify([row])],
    ['one object alone', JSON.stringify(row)],
    ['one record a line', `${JSON.stringify(RECORD)}\n\n`],
    ['raw records with their copies, a line each', `${JSON.stringify(RECORD)}\n${JSON.stringify(row)}\n`],
  ])('stores %s, once however often it is imported', async (_, content) => {
    await writeFile(file, content);
    expect(await run(file)).toMatchObject({ code: EXIT_OK, out: expect.stringContaining('1 of them new') });
    expect(await run(file)).toMatchObject({ code: EXIT_OK, out: expect.stringContaining('0 of them new') });
    expect(await stored()).toMatchObject([
      {
        id: 'one',
        source: 'activity',
        at: Date.parse('2026-11-20T08:00:00Z'),
        operation: 'Change user license',
      },
    ]);
  });

  it.each([
    ['its rows', JSON.stringify([DIRECTORY])],
    [
      'the answer of its API',
      JSON.stringify({
        tables: [{ columns: columns.map((name) => ({ name })), rows: [Object.values(DIRECTORY)] }],
      }),
    ],
    [
      'its CSV',
      `${columns.map((name) => (name === 'TimeGenerated' ? 'TimeGenerated [UTC]' : name)).join()}\n${Object.values(
        DIRECTORY,
      )
        .map((value) => quoted(value === DIRECTORY.TimeGenerated ? '11/20/2026, 8:01:00.000 AM' : value))
        .join()}`,
    ],
  ])('reads the table AuditLogs of Log Analytics: %s', async (_, content) => {
    await writeFile(file, content);
    expect(await run(file)).toMatchObject({ code: EXIT_OK, err: '' });
    expect(await stored()).toMatchObject([
      {
        id: 'two',
        source: 'directoryAudits',
        at: Date.parse('2026-11-20T08:01:00Z'),
        result: 'success',
        actor: { kind: 'user', name: 'megan@contoso.com' },
        targets: [{ kind: 'user', id: '00000000-0000-4000-8000-000000000001' }],
      },
    ]);
  });

  it('stores what it can, and says of the rest which record and what to do', async () => {
    const cut = { ...row, AuditData: row.AuditData.slice(0, 90) };
    await writeFile(
      file,
      JSON.stringify([cut, row, { hello: 'world' }, { ...RECORD, Id: 'x', CreationTime: '' }]),
    );
    const { code, out, err } = await run(file);
    expect(code).toBe(EXIT_FAILURE);
    expect(out).toContain('1 audit records read, 1 of them new');
    expect(err).toMatch(/record 1: .*AuditData.*Export it again/);
    expect(err).toMatch(/record 3: .*no audit record.*Export/);
    expect(err).toMatch(/record 4: .*when it happened/);
    expect(await stored()).toHaveLength(1);
  });

  it.each([
    ['nothing', '', /empty/],
    ['JSON that was cut', '[{"Id":"one"', /cut/],
    ['a text', 'hello', /neither JSON/],
    ['CSV that was cut inside quotes', 'RecordId,AuditData\none,"{', /neither JSON/],
  ])('refuses a file with %s', async (_, content, reason) => {
    await writeFile(file, content);
    expect(await run(file)).toMatchObject({
      code: EXIT_BAD_INPUT,
      out: '',
      err: expect.stringMatching(reason),
    });
  });

  it('says so when there is no such file, or none is named', async () => {
    expect(await run(path.join(folder, 'none.json'))).toMatchObject({
      code: EXIT_BAD_INPUT,
      err: expect.stringContaining('no such file'),
    });
    expect(await run(folder)).toMatchObject({ code: EXIT_BAD_INPUT, err: expect.stringContaining('folder') });
    expect(await run()).toMatchObject({ code: EXIT_BAD_INPUT, err: expect.stringContaining('<file>') });
  });

  it('reads the exported case as replay does', async () => {
    await writeFile(
      file,
      await readFile(path.join(CASES, '63-rows-of-search-unifiedauditlog/activity.json')),
    );
    expect(await run(file)).toMatchObject({ code: EXIT_OK });
    const events = await stored();
    expect(events.map(({ id }) => id).sort()).toEqual(['c1', 'u1']);
  });
});
