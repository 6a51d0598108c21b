import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { PLAN_EVIDENCE, SHOWN_IN } from '../../../src/domain/usage/plan-evidence.ts';

it('docs/usage.md has a line for each service, with the reports and columns that show it', async () => {
  const docs = await readFile(new URL('../../../docs/usage.md', import.meta.url), 'utf8');
  for (const { service, shownBy } of PLAN_EVIDENCE) {
    const line = docs.split('\n').find((one) => one.startsWith(`| ${service} |`));
    expect(line, service).toBeDefined();
    const shown = shownBy === null || shownBy === 'along' ? [] : SHOWN_IN[shownBy];
    for (const { report, column } of shown) {
      expect(line).toContain(report.replace('/D90', ''));
      expect(line).toContain(column);
    }
    if (shownBy === null) expect(line).toContain('cannot tell');
  }
});
