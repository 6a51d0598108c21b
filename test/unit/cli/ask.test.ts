import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../../src/cli/ask.ts';
import { runCommand } from '../../builders/run-command.ts';

const SHARED = path.resolve('..', 'shared', 'chat');
const DIRECTORY = path.resolve('test/unit/language/directory.json');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ask-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: string[], stdin: Iterable<string> = []) =>
  runCommand(ask, args, { env: { DATABASE_URL: `file:${path.join(folder, 'watch.db')}` }, stdin });

const lines = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('ask --understand', () => {
  it('prints one query a line, with ISO times, also for an empty line', async () => {
    const { code, out } = await run(
      ['--understand', '--directory', DIRECTORY],
      ['history of Rick yesterday\n\nstatus\n'],
    );
    expect(code).toBe(0);
    expect(lines(out)).toEqual([
      {
        intent: 'history',
        people: ['41b903bf-c03a-5e89-8275-4ad1fa036dae'],
        skus: [],
        groups: [],
        range: { from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z' },
        days: null,
        unresolved: [],
      },
      expect.objectContaining({ intent: 'unknown' }),
      expect.objectContaining({ intent: 'status' }),
    ]);
  });

  it('takes the time from --now', async () => {
    const args = ['--understand', '--directory', DIRECTORY, '--now', '2026-03-02T12:00:00Z'];
    const { out } = await run(args, ['lost licenses yesterday\n']);
    expect(lines(out)[0].range).toEqual({ from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' });
  });

  it('reads thousands of lines, however slowly they are taken', async () => {
    const sentences = Array.from({ length: 3_000 }, (_, index) => `licenses of Rick ${index}\n`);
    expect(lines((await run(['--understand', '--directory', DIRECTORY], sentences)).out)).toHaveLength(3_000);
  });

  it('says what is wrong with its arguments', async () => {
    expect(await run(['--understand'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--directory'),
    });
    expect(await run(['--understand', '--directory', path.join(folder, 'none.json')])).toMatchObject({
      code: 2,
    });
    const malformed = path.join(folder, 'malformed.json');
    writeFileSync(malformed, '{"users": 1}');
    expect(await run(['--understand', '--directory', malformed])).toMatchObject({ code: 2, out: '' });
    expect(await run(['--understand', '--directory', DIRECTORY, '--now', 'soon'])).toMatchObject({ code: 2 });
  });
});

describe.runIf(existsSync(SHARED))('the shared sentences', () => {
  it('are all read as they are labelled', async () => {
    const labelled = lines(readFileSync(path.join(SHARED, 'utterances.jsonl'), 'utf8'));
    const args = ['--understand', '--directory', path.join(SHARED, 'directory.json')];
    const { out } = await run(
      args,
      labelled.map((line) => `${line.text}\n`),
    );
    // Right is right, whether or not the bot would ask first.
    const comparable = ({
      ask,
      ...query
    }: {
      ask?: string[];
      people: string[];
      skus: string[];
      unresolved: string[];
    }) => ({
      ...query,
      people: query.people.toSorted(),
      skus: query.skus.toSorted(),
      unresolved: query.unresolved.map((said) => said.toLowerCase()),
    });
    expect(lines(out).map(comparable)).toEqual(labelled.map((line) => comparable(line.query)));
  });
});

it.runIf(!existsSync(SHARED))('the shared sentences are not here, so they were not checked', () => {
  process.stderr.write(`skipped: ${SHARED} is missing\n`);
});

describe('ask', () => {
  it('answers from the database in plain text', async () => {
    const { code, out } = await run(['status']);
    expect(code).toBe(0);
    expect(out).toContain('The tenant has not been read yet: say “scan now”.');
    expect(out).not.toContain('\u001b[');
  });

  it('prints the query and the answer as JSON', async () => {
    const { out } = await run(['--json', 'lost', 'licenses']);
    expect(JSON.parse(out)).toMatchObject({
      query: { intent: 'lost-licenses', range: null },
      answer: {
        intent: 'lost-licenses',
        lead: 'I have not read the tenant completely yet, so I cannot say.',
      },
    });
  });

  it('wants a question, and settings that are right', async () => {
    expect(await run([])).toMatchObject({ code: 2, out: '' });
    expect(await run(['  '])).toMatchObject({ code: 2 });
  });
});
