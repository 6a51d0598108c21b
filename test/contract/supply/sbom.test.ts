import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isLookedAt, licensesOf } from '../../../scripts/sbom.ts';
import { ROOT } from '../packaging/project-files.ts';

let folder = '';
let said = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'license-watch-sbom-'));
  const script = path.join(ROOT, 'scripts/sbom.ts');
  const run = spawnSync(process.execPath, [script, '--out', folder], { cwd: ROOT, encoding: 'utf8' });
  said = run.stderr;
  expect({ status: run.status, said }).toMatchObject({ status: 0 });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('names every package that runs, and no other, with its version and where it comes from', () => {
  const bill = JSON.parse(readFileSync(path.join(folder, 'sbom.cdx.json'), 'utf8'));
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'license-watch' } } });
  const { dependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const names = new Set(
    bill.components.map(({ name, group }: { name: string; group?: string }) =>
      group ? `${group}/${name}` : name,
    ),
  );
  expect(Object.keys(dependencies).filter((name) => !names.has(name))).toEqual([]);
  expect(
    ['vitest', 'typescript', '@biomejs/biome', 'node', 'playwright-core'].filter((name) => names.has(name)),
  ).toEqual([]);
  expect(bill.components.every(({ purl }: { purl: string }) => purl.startsWith('pkg:npm/'))).toBe(true);
});

it('lists the license of each, all of which somebody has looked at', () => {
  const lines = readFileSync(path.join(folder, 'licenses.csv'), 'utf8').trim().split('\n');
  expect(lines).toHaveLength(licensesOf(ROOT).length + 1);
  expect(lines.filter((line) => /^"(botbuilder|pg)","[\d.]+","MIT"$/.test(line))).toHaveLength(2);
});

it.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-only)', true],
  ['(MIT AND Apache-2.0)', true],
  ['(MIT AND GPL-3.0-only)', false],
  ['AGPL-3.0-only', false],
  ['unknown', false],
])('looks at %s: %s', (license, outcome) => expect(isLookedAt(license)).toBe(outcome));
