import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvLine } from '../../../src/answers/export/csv.ts';
import { type FindRows, inChunks } from '../../../src/answers/export/in-chunks.ts';
import { EXIT_BAD_INPUT, EXIT_OK } from '../../../src/cli/command.ts';
import { exportRows } from '../../../src/cli/export.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { anArchivedEvent } from '../../builders/audit/archived-event.ts';
import { aDecision, aRestoreStep } from '../../builders/incident/decision.ts';
import { anIncident } from '../../builders/incident/incident.ts';
import { runCommand } from '../../builders/run-command.ts';
import { at, PEOPLE, rickLost, scanned } from '../../unit/answers/a-watched-tenant.ts';

let folder: string;
let url: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'export-'));
  url = `file:${path.join(folder, 'watch.db')}`;
  const store = await openStore({ url });
  await scanned(store, PEOPLE, at('20T08:00'));
  await scanned(store, PEOPLE.slice(1), at('23T10:20'), [rickLost()]);
  await store.audit.append([anArchivedEvent({ id: 'record-1', at: at('23T10:10') })], 0);
  const kept = { at: at('23T10:15'), language: 'nl' };
  await store.sentences.keep({ ...kept, id: 's1', sentence: 'who _ _', offered: ['history', 'who-changed'] });
  await store.sentences.keep({ ...kept, id: 's2', sentence: 'printer _', offered: [] });
  await store.sentences.press('s1', 'who-changed');
  await store.incidents.commit({
    incidents: [anIncident({ userIds: ['rick', 'adele'] })],
    verdicts: [],
    settled: [],
    outbox: [],
    decisions: [
      aDecision({ id: 'reassign', at: at('23T10:25') }),
      aDecision({ id: 'approve', at: at('23T10:26'), kind: 'approve', reason: '=HYPERLINK("x"),\nleaver' }),
    ],
    steps: [
      aRestoreStep({ decisionId: 'reassign', stepNo: 1, status: 'done' }),
      aRestoreStep({ decisionId: 'reassign', stepNo: 2, status: 'already' }),
      aRestoreStep({ decisionId: 'reassign', stepNo: 3, status: 'refused', message: 'No seat is free.' }),
    ],
  });
  await store.close();
});
afterAll(() => rm(folder, { recursive: true }));

const run = (args: string[], terminal = false) =>
  runCommand(exportRows, args, { env: { DATABASE_URL: url }, terminal });

const records = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('export', () => {
  it('of decisions tells for whom they were and what came of them', async () => {
    const { code, out, err } = await run(['decisions', '--format', 'ndjson']);
    expect(code).toBe(EXIT_OK);
    expect(err).toBe('');
    expect(records(out)).toMatchObject([
      {
        id: 'reassign',
        at: '2026-11-23T10:25:00.000Z',
        userIds: ['rick', 'adele'],
        steps: [
          { status: 'done' },
          { status: 'already' },
          { status: 'refused', message: 'No seat is free.' },
        ],
      },
      { id: 'approve', kind: 'approve', steps: [] },
    ]);
  });

  it('writes the support case of an incident, with who decided what', async () => {
    const { code, out } = await run(['support-case', '--incident', 'incident-1', '--format', 'ndjson']);
    expect(code).toBe(EXIT_OK);
    const parts = records(out).map(({ part }) => part);
    expect(parts[0]).toBe('incident');
    expect(parts.filter((part) => part === 'decision')).toHaveLength(2);
  });

  it.each([
    [['support-case'], 'Say which incident'],
    [['support-case', '--incident', 'nothing'], 'There is no incident nothing.'],
    [['decisions', '--incident', 'incident-1'], '--incident goes with support-case.'],
  ])('of %j says what is wrong', async (args, sentence) => {
    const { code, err } = await run(args);
    expect(code).toBe(EXIT_BAD_INPUT);
    expect(err).toContain(sentence);
  });

  it('as CSV has a line of names, counts of steps, and no formula', async () => {
    const { out } = await run(['decisions']);
    const [head, first, ...rest] = out.split('\r\n');
    expect(head).toMatch(/^\uFEFF?id,at,kind,by,/);
    expect(first).toMatch(
      /^reassign,2026-11-23T10:25:00\.000Z,reassign,Megan Bowen,.*,3,2,1,No seat is free\.$/,
    );
    expect(rest.join('\r\n')).toContain(`"'=HYPERLINK(""x""),\nleaver"`);
  });

  it('begins, as CSV, with the mark by which Excel knows UTF-8', async () => {
    const stdout = new PassThrough();
    await exportRows.run(['decisions'], {
      env: { DATABASE_URL: url },
      stdin: Readable.from([]),
      stdout,
      stderr: new PassThrough(),
      signal: new AbortController().signal,
    });
    expect((stdout.read() as Buffer).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  });

  it('keeps to the time asked for, half open', async () => {
    const window = ['--from', '2026-11-23T10:26:00Z', '--to', '2026-11-23T10:27:00Z', '--format', 'ndjson'];
    expect(records((await run(['decisions', ...window])).out).map(({ id }) => id)).toEqual(['approve']);
    const before = ['--to', '2026-11-23T10:26:00Z', '--format', 'ndjson'];
    expect(records((await run(['decisions', ...before])).out).map(({ id }) => id)).toEqual(['reassign']);
  });

  it('of changes and of audit records', async () => {
    const changes = await run(['changes', '--format', 'ndjson']);
    expect(records(changes.out)).toMatchObject([{ id: 'change-1', kind: 'lost', userId: 'rick' }]);
    expect((await run(['changes'])).out).toContain('Microsoft 365 Business Standard');
    const audit = await run(['audit', '--format', 'ndjson']);
    expect(records(audit.out)).toMatchObject([{ id: 'record-1', at: '2026-11-23T10:10:00.000Z' }]);
    expect((await run(['audit'])).out.split('\r\n')[1]).toMatch(/^record-1,/);
  });

  it.each([
    ['lost licenses in November 2026', /^\uFEFF?id,seen_before,[^\n]+\nchange-1,/],
    ['who has E3', /^\uFEFF?user_id,user,[^\n]+\n.*adele/s],
    ['free seats', /^\uFEFF?sku_id,part_number,/],
    ['unused licenses', /^\uFEFF?user_id,user,[^\n]+,reason,/],
  ])('of what answers a question: %s', async (question, file) => {
    const { code, out } = await run([question]);
    expect(code).toBe(EXIT_OK);
    expect(out).toMatch(file);
  });

  it('of sentences has what was typed without names, what was offered and what was chosen', async () => {
    expect((await run(['sentences'])).out.split('\r\n').slice(1)).toEqual([
      '2026-11-23T10:15:00.000Z,nl,who _ _,history; who-changed,who-changed',
      '2026-11-23T10:15:00.000Z,nl,printer _,,',
      '',
    ]);
    const [first] = (await run(['sentences', '--format', 'ndjson'])).out.split('\n');
    expect(JSON.parse(first ?? '')).toEqual({
      at: '2026-11-23T10:15:00.000Z',
      language: 'nl',
      sentence: 'who _ _',
      offered: ['history', 'who-changed'],
      pressed: 'who-changed',
    });
  });

  it('tells a terminal how far it is', async () => {
    expect((await run(['decisions'], true)).err).toContain('2 rows');
  });

  it.each([
    ['nothing to export', [], 'Say what to export'],
    ['what is no question', ['poems'], 'Which list do you want'],
    ['a question with an option for time', ['free seats', '--from', '2026-11-01'], 'says its time itself'],
    ['an unknown format', ['decisions', '--format', 'xlsx'], '--format is one of'],
    ['a date of another form', ['decisions', '--from', '1 Nov'], '--from and --to'],
    ['the later date first', ['decisions', '--from', '2026-11-02', '--to', '2026-11-01'], '--from and --to'],
  ])('refuses %s', async (_name, args, sentence) => {
    const { code, err } = await run(args);
    expect(code).toBe(EXIT_BAD_INPUT);
    expect(err).toContain(sentence);
  });
});

describe('a CSV cell', () => {
  it.each([
    ['plain', 'plain'],
    ['=1+1', "'=1+1"],
    ['+41 1', "'+41 1"],
    ['-5', "'-5"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', `"'\rx"`],
    ['＝1+1', "'＝1+1"],
    ['＋41', "'＋41"],
    ['－5', "'－5"],
    ['＠SUM(A1)', "'＠SUM(A1)"],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    ['', ''],
  ])('%j is written as %j', (cell, written) => {
    expect(csvLine([cell, null, 5])).toBe(`${written},,5\r\n`);
  });
});

describe('rows in chunks', () => {
  const times = [
    ...Array.from({ length: 12_000 }, (_, index) => 1_000_000 + index * 7),
    // Those of one scan have one time.
    ...Array.from({ length: 17_000 }, () => 90_000_000),
    1_700_000_000_000,
  ].map((time, id) => ({ time, id }));

  it.each([true, false])(
    'are all of them, each once, and few queries over empty times: %s',
    async (canSkip) => {
      let queries = 0;
      let most = 0;
      const find: FindRows<{ time: number; id: number }> = async ({ from, to, limit, skip = 0 }) => {
        queries++;
        const found = times.filter(({ time }) => time >= from && time < to);
        return limit === undefined
          ? found
          : found
              .toReversed()
              .slice(skip, skip + limit)
              .toReversed();
      };
      const got: { time: number; id: number }[] = [];
      for await (const chunk of inChunks(find, { from: 0, to: 1_800_000_000_000 }, { canSkip })) {
        got.push(...chunk);
        most = Math.max(most, chunk.length);
      }
      expect(got.map(({ time }) => time)).toEqual(times.map(({ time }) => time));
      expect(new Set(got).size).toBe(times.length);
      expect(queries).toBeLessThan(200);
      expect(most).toBe(canSkip ? 5_000 : 17_000);
    },
  );
});
