import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDryRun } from '../../../src/cli/detect/dry-run.ts';
import { detect } from '../../../src/cli/detect.ts';
import type { RuleMatch } from '../../../src/domain/detection/evaluate.ts';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import { aView } from '../../builders/detection/record-view.ts';
import { aRuleAround, rulesOf } from '../../builders/detection/rules.ts';
import { runCommand } from '../../builders/run-command.ts';

/** Milliseconds that some work takes. */
function lasting(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

describe('a regular expression that others take years for', () => {
  it.each(['(a+)+$', '(a|aa)*c', '(a*)*b', '^(([a-z])+.)+[A-Z]([a-z])+$', '(x+x+)+y', '(.*a){20}'])(
    '%s is done with a megabyte at once',
    (pattern) => {
      const [rule] = rulesOf(aRuleAround(`s:\n  Name|re: '${pattern}'\ncondition: s`)).events;
      const view = aView({ Name: `${'a'.repeat(1_000_000)}!` });
      expect(lasting(() => rule?.matches(view))).toBeLessThan(10_000);
    },
  );

  it('wildcards are, too', () => {
    const [rule] = rulesOf(aRuleAround(`s:\n  Name: '${'*a'.repeat(100)}*b'\ncondition: s`)).events;
    const view = aView({ Name: 'a'.repeat(1_000_000) });
    expect(lasting(() => rule?.matches(view))).toBeLessThan(5_000);
  });
});

describe('a million groups', () => {
  const COUNTING = `title: Failed\nid: failed\nlogsource: { product: m365 }\ndetection: { s: { Operation: UserLoginFailed }, condition: s }
---\ntitle: Many\nid: many\ncorrelation: { type: event_count, rules: [failed], group-by: [address], timespan: 10m, condition: { gte: 3 } }\n`;
  const failed = (address: string, at: number, id: string): RuleMatch => ({
    ruleId: 'failed',
    recordId: id,
    at,
    together: null,
    kind: 'activity userloginfailed',
    labels: {},
    values: { address },
  });

  it('are counted in bounded memory, and what is really many is found among them', () => {
    const limits = { fresh: 2_000, held: 5_000 };
    const run = createDryRun(rulesOf(COUNTING), () => 0, limits);
    const found: string[] = [];
    for (let number = 0; number < 100_000; number++) {
      // A thousand a minute: ten thousand within the window, twice what is held.
      const at = number * (MINUTE_MS / 1000);
      const burst = number % 50_000 === 25_000 ? [1, 2, 3] : [];
      const matches = [
        failed(`10.${number}`, at, `r${number}`),
        ...burst.map((part) => failed(`burst ${number}`, at + part, `b${number}-${part}`)),
      ];
      for (const { labels } of run.take(matches)) found.push(labels.address ?? '');
    }
    for (const { labels } of run.end()) found.push(labels.address ?? '');
    expect(found).toEqual(['burst 25000', 'burst 75000']);
    // It is said that matches were let go within their window.
    expect(run.letGo()).toBeGreaterThan(0);
  });

  it('what lies far apart is let go without a word', () => {
    const run = createDryRun(rulesOf(COUNTING), () => 0, { fresh: 100, held: 200 });
    for (let number = 0; number < 5_000; number++)
      run.take([failed(`10.${number}`, number * MINUTE_MS, `r${number}`)]);
    run.end();
    expect(run.letGo()).toBe(0);
  });
});

describe('a record of 10 MB', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'large-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is read like any other, and the one after it too', async () => {
    const record = (id: string, name: string) =>
      JSON.stringify({
        Id: id,
        CreationTime: '2026-08-05T09:00:00',
        Operation: 'Add user.',
        RecordType: 8,
        Workload: 'AzureActiveDirectory',
        UserId: 'greta@litware.example',
        ObjectId: 'new@litware.example',
        ModifiedProperties: [{ Name: 'DisplayName', NewValue: name, OldValue: '' }],
      });
    const rules = path.join(folder, 'rules.yml');
    const records = path.join(folder, 'records.ndjson');
    await writeFile(
      rules,
      aRuleAround('s:\n  Operation: Add user\n  DisplayName|contains: needle\ncondition: s'),
    );
    await writeFile(
      records,
      `${record('large', `${'x'.repeat(10_000_000)} needle`)}\n${record('small', 'needle')}\n`,
    );
    const { code, out, err } = await runCommand(detect, [rules, '--on', records, '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n').filter(Boolean).length).toBeGreaterThan(0);
    expect(out).toContain('large');
    expect(out).toContain('small');
  });
});
