import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replay } from '../../../src/cli/replay.ts';
import { runCommand } from '../../builders/run-command.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'replay-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, body: unknown): void =>
  writeFileSync(path.join(folder, name), typeof body === 'string' ? body : JSON.stringify(body));

const run = (...args: string[]) => runCommand(replay, args);

const E3 = '05E9A617-0261-4CEE-BB44-138D3EF5D965';
const body = (id: string, licensed: boolean) => ({
  id,
  displayName: 'Nora Lindqvist',
  userPrincipalName: 'nora.lindqvist@fabrikam.example',
  assignedLicenses: licensed ? [{ skuId: E3, disabledPlans: [] }] : [],
  licenseAssignmentStates: licensed
    ? [{ skuId: E3, assignedByGroup: null, state: 'Active', error: '', disabledPlans: [] }]
    : [],
});
const observedAt = { before: '2026-12-08T09:00:00Z', after: '2026-12-08T09:20:00Z' };

describe('replay', () => {
  it('prints one JSON document with sorted changes and lower-case ids', async () => {
    put('case.json', { title: 'Two losses', observedAt });
    put('users.before.json', [body('B', true), body('A', true)]);
    put('users.after.json', { value: [body('a', false), body('b', false)] });
    const { code, out, err } = await run(folder, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const document = JSON.parse(out);
    expect(document.changes.map((change: { userId: string }) => change.userId)).toEqual(['a', 'b']);
    expect(document.changes[0]).toMatchObject({
      skuId: E3.toLowerCase(),
      kind: 'lost',
      path: 'direct',
      verdict: 'unexplained',
      cause: 'unknown',
      actor: null,
      chain: [{ at: '2026-12-08T09:20:00.000Z', evidence: [] }],
    });
    expect(document.changes[0]).not.toHaveProperty('newSkuId');
    expect(document.incidents).toEqual([
      { kind: 'lost', cause: 'unknown', severity: 'high', userIds: ['a', 'b'], skuIds: [E3.toLowerCase()] },
    ]);
  });

  it('tells the story in plain text without --json', async () => {
    put('case.json', { title: 'One loss', observedAt });
    put('users.before.json', [body('a', true)]);
    put('users.after.json', [body('a', false)]);
    const { out } = await run(folder);
    expect(out).toContain('One loss');
    expect(out).toContain('Nora Lindqvist: lost Microsoft 365 E3 (assigned directly)');
    expect(out).toContain('Cause not known yet');
  });

  it('two equal reads have nothing to tell', async () => {
    put('users.before.json', [body('a', true)]);
    put('users.after.json', [body('a', true)]);
    expect(JSON.parse((await run(folder, '--json')).out)).toEqual({ changes: [], incidents: [] });
  });

  it('a state of one side only, such as SKUs after, is no change', async () => {
    put('users.before.json', [body('a', true)]);
    put('users.after.json', [body('a', true)]);
    put('skus.after.json', []);
    expect(JSON.parse((await run(folder, '--json')).out).changes).toEqual([]);
  });

  it('a record that cannot be read is reported and the rest is explained', async () => {
    put('users.before.json', [body('a', true)]);
    put('users.after.json', [body('a', false)]);
    put('activity.json', ['no record', {}]);
    const { code, out, err } = await run(folder, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out).changes).toHaveLength(1);
    expect(err).toContain('activity.json, entry 1: The record is not a JSON object.');
    expect(err).toContain('activity.json, entry 2: The record has neither an id nor an operation.');
  });

  it.each<{ name: string; prepare: () => void; sentence: string }>([
    {
      name: 'a missing state',
      prepare: () => put('users.before.json', []),
      sentence: 'There is no users.after.json',
    },
    {
      name: 'JSON cut in the middle',
      prepare: () => {
        put('users.before.json', '[{"id":');
        put('users.after.json', []);
      },
      sentence: 'users.before.json is not valid JSON.',
    },
    {
      name: 'a user without its assignment states',
      prepare: () => {
        put('users.before.json', [{ ...body('a', true), licenseAssignmentStates: undefined }]);
        put('users.after.json', []);
      },
      sentence: 'users.before.json, entry 1: licenseAssignmentStates',
    },
    {
      name: 'reads in the wrong order',
      prepare: () => {
        put('users.before.json', []);
        put('users.after.json', []);
        put('case.json', { observedAt: { before: observedAt.after, after: observedAt.before } });
      },
      sentence: 'observedAt.before lies after observedAt.after',
    },
    {
      name: 'no list',
      prepare: () => {
        put('users.before.json', { users: [] });
        put('users.after.json', []);
      },
      sentence: 'users.before.json must hold a JSON array.',
    },
  ])('refuses $name with exit code 2 and says what to mend', async ({ prepare, sentence }) => {
    prepare();
    const { code, out, err } = await run(folder, '--json');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
  });

  it.each([[[]], [['a', 'b']], [['a', '--yaml']]])(
    'refuses the arguments %j with its usage',
    async (args) => {
      const { code, err } = await run(...args);
      expect(code).toBe(2);
      expect(err).toContain('Usage: license-watch replay <folder>');
    },
  );
});
