import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { detect } from '../../../src/cli/detect.ts';
import { importRecords } from '../../../src/cli/import.ts';
import { runCommand } from '../../builders/run-command.ts';

const RULE = `title: A secret was added
id: secret-added
logsource: { product: m365, service: audit }
detection:
  selection:
    Operation: Update application – Certificates and secrets management
  condition: selection
level: high
class: applications
`;
const MANY = `title: Somebody adds secrets
id: many-secrets
level: medium
correlation:
  type: event_count
  rules: [secret-added]
  group-by: [UserId]
  timespan: 10m
  condition: { gte: 3 }
  generate: true
`;

const record = (id: string, time: string, over: object = {}): object => ({
  Id: id,
  CreationTime: time,
  Operation: 'Update application – Certificates and secrets management ',
  RecordType: 8,
  Workload: 'AzureActiveDirectory',
  ResultStatus: 'Success',
  UserId: 'Greta@litware.example',
  UserType: 0,
  ObjectId: 'Payroll',
  InterSystemsId: `act-${id}`,
  ...over,
});

let folder: string;
const inFolder = (name: string): string => path.join(folder, name);
const write = (name: string, ...lines: (object | string)[]): Promise<void> =>
  writeFile(
    inFolder(name),
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  );
const run = (args: string[], surroundings = {}) => runCommand(detect, args, surroundings);
const jsonLines = (out: string): Record<string, unknown>[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'detect-'));
  await mkdir(inFolder('rules/applications'), { recursive: true });
  await write('rules/applications/secret-added.yml', RULE);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('license-watch detect', () => {
  it('prints one JSON object a firing, and nothing else on standard output', async () => {
    await write('records.ndjson', record('a', '2026-08-05T09:00:00'), record('b', '2026-08-06T09:00:00'));
    const { code, out, err } = await run([inFolder('rules'), '--on', inFolder('records.ndjson'), '--json']);
    expect(code).toBe(0);
    expect(err).toBe('');
    const [first, second] = jsonLines(out);
    expect(Object.keys(first ?? {})).toEqual(['rule', 'class', 'level', 'title', 'records', 'labels']);
    expect(first).toMatchObject({
      rule: 'secret-added',
      class: 'applications',
      level: 'high',
      title: 'A secret was added',
      records: ['a'],
      labels: { actor: 'greta@litware.example' },
    });
    expect(second).toMatchObject({ records: ['b'] });
  });

  it('gives a rule of somebody else the class null', async () => {
    await write('rules/applications/secret-added.yml', RULE.replace('class: applications\n', ''));
    await write('records.ndjson', record('a', '2026-08-05T09:00:00'));
    const { out } = await run([inFolder('rules'), '--on', inFolder('records.ndjson'), '--json']);
    expect(out).toContain('"class":null');
  });

  it('exits with 0 when nothing fires', async () => {
    await write('records.ndjson', record('a', '2026-08-05T09:00:00', { Operation: 'Add user.' }));
    const args = [inFolder('rules'), '--on', inFolder('records.ndjson')];
    expect(await run([...args, '--json'])).toEqual({ code: 0, out: '', err: '' });
    expect((await run(args)).out).toContain('Nothing would have fired.');
  });

  it('counts a record once, however often it is delivered', async () => {
    await write('rules/many.yml', MANY);
    const copies = Array.from({ length: 100 }, () => record('a', '2026-08-05T09:00:00'));
    await write('records.ndjson', ...copies);
    const { out } = await run([inFolder('rules'), '--on', inFolder('records.ndjson'), '--json']);
    expect(jsonLines(out).map(({ rule }) => rule)).toEqual(['secret-added']);
  });

  it('counts over several records, whatever their order in the file', async () => {
    await write('rules/many.yml', MANY);
    const times = ['09:08', '09:00', '09:04', '10:00'];
    await write(
      'records.ndjson',
      ...times.map((time, index) =>
        record(`r${index}`, `2026-08-05T${time}:00`, { ObjectId: `app ${index}` }),
      ),
    );
    const { out } = await run([inFolder('rules'), '--on', inFolder('records.ndjson'), '--json']);
    expect(jsonLines(out).filter(({ rule }) => rule === 'many-secrets')).toMatchObject([
      { class: null, level: 'medium', records: ['r1', 'r2', 'r0'], labels: { UserId: expect.any(String) } },
    ]);
  });

  it('shows what fired within a time', async () => {
    await write(
      'records.ndjson',
      record('a', '2026-08-04T09:00:00'),
      record('b', '2026-08-05T09:00:00'),
      record('c', '2026-08-06T00:00:00'),
    );
    const range = ['--from', '2026-08-05', '--to', '2026-08-06'];
    const { out } = await run([inFolder('rules'), '--on', inFolder('records.ndjson'), '--json', ...range]);
    expect(jsonLines(out).map(({ records }) => records)).toEqual([['b']]);
  });

  it('says how often, about which people and on which days', async () => {
    await write(
      'records.ndjson',
      record('a', '2026-08-04T09:00:00'),
      record('b', '2026-08-06T09:00:00'),
      record('c', '2026-08-06T12:00:00', { UserId: 'hugo@litware.example' }),
    );
    const { out } = await run([inFolder('rules'), '--on', inFolder('records.ndjson')]);
    expect(out).toContain('3 records, 2026-08-04 to 2026-08-06.');
    expect(out).toContain('3 firings: 3 at medium and above, which alert somebody');
    expect(out).toMatch(/high +A secret was added \[applications\]: 3 times/);
    expect(out).toMatch(/2026-08-04 █+ 1\n {2}2026-08-05 0\n {2}2026-08-06 █+ 2/);
  });

  it('names and counts lines that hold no record, and goes on', async () => {
    await write(
      'records.ndjson',
      '{"Id": "cut',
      '[1]',
      '{"color":"red"}',
      '',
      record('a', '2026-08-05T09:00:00'),
    );
    const { code, out, err } = await run([inFolder('rules'), '--on', inFolder('records.ndjson'), '--json']);
    expect(code).toBe(0);
    expect(jsonLines(out)).toHaveLength(1);
    expect(err).toMatch(/Line 1 is left out.*\nLine 2 is left out.*\nLine 3 is left out/);
    expect(err).toContain('3 lines could not be read.');
  });

  it('names twenty bad lines and counts a million', async () => {
    await write('records.ndjson', ...Array.from({ length: 5000 }, () => 'nothing'));
    const { code, err } = await run([inFolder('rules'), '--on', inFolder('records.ndjson'), '--json']);
    expect(code).toBe(1);
    expect(err.split('\n').length).toBeLessThan(30);
    expect(err).toContain('5,000 lines could not be read.');
  });

  it('refuses a broken rule with file and line, and the others go on', async () => {
    await write(
      'rules/broken.yml',
      RULE.replace('condition: selection', 'condition: selections').replace('id: secret', 'id: other'),
    );
    await write('records.ndjson', record('a', '2026-08-05T09:00:00'));
    const { code, out, err } = await run([inFolder('rules'), '--on', inFolder('records.ndjson'), '--json']);
    expect(code).toBe(0);
    expect(jsonLines(out)).toHaveLength(1);
    expect(err).toMatch(/broken\.yml:7: .*“selections”/);
  });

  it('reads the standard input, and records that a file begins with a byte order mark', async () => {
    const stdin = [`\uFEFF${JSON.stringify(record('a', '2026-08-05T09:00:00'))}\r\n`];
    const { out } = await run([inFolder('rules'), '--on', '-', '--json'], { stdin });
    expect(jsonLines(out)).toHaveLength(1);
  });

  it('reads the archive, where a correlation looks back before --from', async () => {
    await write('rules/many.yml', MANY);
    await write(
      'records.ndjson',
      ...['23:56', '23:58'].map((time) => record(time, `2026-08-04T${time}:00`, { ObjectId: time })),
      record('last', '2026-08-05T00:02:00'),
    );
    const env = { DATABASE_URL: `file:${inFolder('archive.db')}` };
    expect((await runCommand(importRecords, [inFolder('records.ndjson')], { env })).code).toBe(0);
    const args = [inFolder('rules'), '--on', 'archive', '--json', '--from', '2026-08-05'];
    const { code, out } = await run(args, { env });
    expect(code).toBe(0);
    expect(jsonLines(out)).toMatchObject([
      { rule: 'many-secrets', records: ['23:56', '23:58', 'last'] },
      { rule: 'secret-added', records: ['last'] },
    ]);
  });

  it.each<[name: string, args: string[], message: string]>([
    ['no folder', ['--on', 'x'], 'Say which folder'],
    ['no records', ['rules'], 'Say on what'],
    ['a folder that is not there', ['nowhere', '--on', 'rules'], 'nowhere: there is no such file or folder.'],
    ['a file that is not there', ['rules', '--on', 'nowhere'], 'nowhere: there is no such file or folder.'],
    ['a time that is none', ['rules', '--on', 'rules', '--from', 'May'], 'Give --from and --to'],
    [
      'a time that ends before it begins',
      ['rules', '--on', 'rules', '--from', '2026-08-02', '--to', '2026-08-01'],
      'Give --from',
    ],
  ])('exits with 2 for %s', async (_, args, message) => {
    const own = args.map((arg) =>
      arg === 'rules' ? inFolder('rules') : arg === 'nowhere' ? inFolder(arg) : arg,
    );
    const { code, out, err } = await run(own);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  it('exits with 2 for a folder without a rule that can be read', async () => {
    await rm(inFolder('rules/applications/secret-added.yml'));
    await write('records.ndjson', record('a', '2026-08-05T09:00:00'));
    const { code, err } = await run([inFolder('rules'), '--on', inFolder('records.ndjson')]);
    expect(code).toBe(2);
    expect(err).toContain('has no rule that can be read');
  });
});
