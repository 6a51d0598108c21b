import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { backfill } from '../../../src/cli/backfill.ts';
import { EXIT_BAD_INPUT } from '../../../src/cli/command.ts';

describe('license-watch backfill', () => {
  it.each([
    ['no dates', []],
    ['one date', ['--from', '2026-11-01']],
    ['the later date first', ['--from', '2026-11-02', '--to', '2026-11-01']],
    ['a date of another form', ['--from', '1 Nov', '--to', '2 Nov']],
    ['a day that does not exist', ['--from', '2026-13-01', '--to', '2026-14-01']],
  ])('asks for two dates when it gets %s', async (_, args) => {
    const stderr = new PassThrough();
    const io = {
      env: {},
      stdin: new PassThrough(),
      stdout: new PassThrough(),
      stderr,
      signal: new AbortController().signal,
    };
    expect(await backfill.run(args, io)).toBe(EXIT_BAD_INPUT);
    expect(String(stderr.read())).toContain('--from and --to');
  });
});
