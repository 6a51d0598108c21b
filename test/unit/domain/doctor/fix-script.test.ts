import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { changesSince } from '../../../../src/domain/doctor/changes.ts';
import { bad, good, untried } from '../../../../src/domain/doctor/finding.ts';
import { fixScript } from '../../../../src/domain/doctor/fix-script.ts';
import { diskOf } from './disk.ts';

const FACTS = {
  clientId: "it's; rm -rf /",
  botId: '',
  tenantId: '$(whoami)',
  graph: 'https://graph.microsoft.com',
};

it('is a script that a shell takes, and nothing of a service is a command in it', () => {
  const script = fixScript(
    [
      bad('auditing', 'Off.\nrm -rf / # "$(reboot)"', { fix: "Don't wait: `reboot`." }),
      bad('permission.User.Read.All', 'Missing.', {
        fix: 'Grant it.',
        commands: ['grant User.Read.All api'],
      }),
      good('clock', 'Fine.'),
      untried('channel', 'Not tried.'),
    ],
    FACTS,
  );
  execFileSync('sh', ['-n'], { input: script });
  const lines = script.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines.filter((line) => /^\s*(rm|reboot)/.test(line))).toEqual([]);
  const printed = execFileSync('sh', [], {
    input: script.replace(/^ {2}.*$/gm, '  true').replace('grant User', 'echo grant User'),
    encoding: 'utf8',
  });
  expect(printed).toContain("Don't wait: `reboot`.");
  expect(script).not.toContain('clock');
  expect(script).not.toContain('channel');
});

it('says that nothing is wrong', () => {
  expect(fixScript([good('clock', 'Fine.')], FACTS)).toContain('Nothing is wrong');
});

it('compares two runs, and a check that could not be tried says nothing', () => {
  const before = [
    { check: 'a', ok: true, detail: '' },
    { check: 'b', ok: false, detail: '' },
    { check: 'c', ok: null, detail: '' },
    { check: 'd', ok: false, detail: '' },
  ];
  const now = [
    { check: 'a', ok: false },
    { check: 'b', ok: true },
    { check: 'c', ok: false },
    { check: 'd', ok: null },
    { check: 'new', ok: false },
  ];
  expect(changesSince(before, now)).toEqual({ newlyWrong: ['a'], putRight: ['b'] });
});

it.each([
  ['with 20 MB of 20 GB', 20, 20_000, false],
  ['with 300 MB of 100 GB', 300, 100_000, false],
  ['with 300 MB of 2 GB', 300, 2_000, true],
  ['with 900 MB of 2 GB, which is worth a warning', 900, 2_000, true],
  ['with 50 GB', 50_000, 100_000, true],
])('19 a disk %s', (_name, free, total, ok) => {
  const finding = diskOf(free, total);
  expect(finding?.ok).toBe(ok);
  expect(finding?.fix === '').toBe(free >= 1024);
});
