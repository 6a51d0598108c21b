import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readEnvFiles, withEnvFiles } from '../../../src/config/env-files.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'license-watch-env-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function write(name: string, text: string): void {
  writeFileSync(path.join(dir, name), text);
}

it('reads the file of an environment, with comments and quotes', () => {
  write('.env.dev', '# Written by the toolkit\nBOT_ID=abc\nQUIET_HOURS="22:00-07:00"\n');
  expect(readEnvFiles(dir, 'dev')).toEqual({ BOT_ID: 'abc', QUIET_HOURS: '22:00-07:00' });
});

it('lets the user file win', () => {
  write('.env.dev', 'A=committed\nB=committed');
  write('.env.dev.user', 'B=mine');
  expect(readEnvFiles(dir, 'dev')).toEqual({ A: 'committed', B: 'mine' });
});

it('is empty where there are no files', () => {
  expect(readEnvFiles(path.join(dir, 'missing'), 'dev')).toEqual({});
});

it('reads the local environment unless TEAMSFX_ENV names another', () => {
  write('.env.local', 'A=local');
  write('.env.dev', 'A=dev');
  expect(withEnvFiles(dir, {}).A).toBe('local');
  expect(withEnvFiles(dir, { TEAMSFX_ENV: 'dev' }).A).toBe('dev');
});

it('lets the process win, with or without the prefix of a secret', () => {
  write('.env.local', 'A=file\nSECRET_B=file\nC=file');
  const env = withEnvFiles(dir, { A: 'process', B: 'process', SECRET_C: 'process' });
  expect(env).toMatchObject({ A: 'process', B: 'process', SECRET_C: 'process' });
  expect(env.SECRET_B).toBeUndefined();
  expect(env.C).toBeUndefined();
});
