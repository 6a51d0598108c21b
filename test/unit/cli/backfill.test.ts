import { describe, expect, it } from 'vitest';
import { backfill } from '../../../src/cli/backfill.ts';
import { EXIT_BAD_INPUT } from '../../../src/cli/command.ts';
import { runCommand } from '../../builders/run-command.ts';

describe('license-watch backfill', () => {
  it.each([
    ['no dates', []],
    ['one date', ['--from', '2026-11-01']],
    ['the later date first', ['--from', '2026-11-02', '--to', '2026-11-01']],
    ['a date of another form', ['--from', '1 Nov', '--to', '2 Nov']],
    ['a day that does not exist', ['--from', '2026-13-01', '--to', '2026-14-01']],
  ])('asks for two dates when it gets %s', async (_, args) => {
    const { code, err } = await runCommand(backfill, args);
    expect(code).toBe(EXIT_BAD_INPUT);
    expect(err).toContain('--from and --to');
  });
});
