import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { retentionOf } from '../../../src/app/retention-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function policiesOf(text: string, days: number | null = null) {
  const file = path.join(folder, 'retention.yml');
  await writeFile(file, text);
  return retentionOf(file, days);
}

const policy = (more: string, priority = 10, name = 'One'): string =>
  `  - name: ${name}\n    priority: ${priority}\n    days: 30\n${more}`;

describe('the file of retention policies', () => {
  it('reads all of Purview’s fields, the highest priority first, and ends with AUDIT_RETENTION_DAYS', async () => {
    const policies = await policiesOf(
      `policies:
  - name: Files
    description: A year and a day
    priority: 200
    recordTypes: [SharePointFileOperation, "14", 36, directoryAudits]
    users: [Lee@Contoso.example]
    operations: [FileAccessed, Add user.]
    days: 366
  - { name: Sign-ins, priority: 3, recordTypes: [azureactivedirectorystslogon], days: forever }
`,
      90,
    );
    expect(policies).toMatchObject([
      { name: 'Sign-ins', priority: 3, recordTypes: ['15'], users: [], days: null },
      {
        name: 'Files',
        description: 'A year and a day',
        recordTypes: ['6', '14', '36', 'directoryaudits'],
        users: ['lee@contoso.example'],
        operations: ['fileaccessed', 'add user'],
        days: 366,
      },
      { name: 'AUDIT_RETENTION_DAYS', recordTypes: [], days: 90 },
    ]);
  });

  it('is not needed', async () => {
    expect(await retentionOf(null, null)).toMatchObject([{ name: 'AUDIT_RETENTION_DAYS', days: null }]);
  });

  it.each([
    ['no YAML', 'policies: [', /line 1/],
    [
      'a record type that nobody knows',
      `policies:\n${policy('    recordTypes: [Nonsense]\n')}`,
      /line 5.*“Nonsense” is no record type/,
    ],
    ['a field that nobody knows', `policies:\n${policy('    keep: yes\n')}`, /line 2.*keep/i],
    [
      'no number of days',
      `policies:\n${policy('').replace('30', '0')}`,
      /line 4, policies\.0\.days: give a whole number of days, or forever/,
    ],
    ['one priority twice', `policies:\n${policy('')}${policy('', 10, 'Two')}`, /priority of its own/],
    ['one name twice', `policies:\n${policy('')}${policy('', 11, 'ONE')}`, /name of its own/],
    ['the name of an erasure', `policies:\n${policy('', 11, 'Erasure')}`, /no policy is called “erasure”/],
    [
      'more policies than Purview takes',
      `policies:\n${Array.from({ length: 51 }, (_, n) => policy('', n + 1, `P${n}`)).join('')}`,
      /at most 50/,
    ],
  ])('with %s is refused with its place', async (_, text, sentence) => {
    await expect(policiesOf(text)).rejects.toMatchObject({
      code: 'retention-unusable',
      message: expect.stringMatching(sentence),
    });
  });

  it('that is not there is refused', async () => {
    await expect(retentionOf(path.join(folder, 'none.yml'), 30)).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });
});
