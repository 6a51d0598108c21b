import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Answer } from '../../../src/answers/answer/answer.ts';
import { FIRST_PAGE } from '../../../src/answers/answer/paging.ts';
import { type AskedBy, createAsk } from '../../../src/answers/ask.ts';
import { retentionFacts, retentionOf } from '../../../src/app/retention-file.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { aQuery } from '../../builders/query.ts';
import { at, aWatchedTenant, NOW, RICK } from './a-watched-tenant.ts';
import { rowsOf } from './rows-of.ts';

const OWNER: AskedBy = { userId: null, timeZone: 'UTC', sees: null, acts: null, namesHolds: true };
const READER: AskedBy = { ...OWNER, namesHolds: false };
const QUERY = aQuery({ intent: 'coverage', auditing: 'retention' });

const ONE = `
policies:
  - name: Sign-ins of the board
    description: For the yearly review.
    priority: 7
    recordTypes: [AzureActiveDirectoryStsLogon, 8]
    users: [Ceo@contoso.com]
    days: 1000`;
const TWO = `${ONE}
  - name: Deleted files
    priority: 2
    operations: [FileDeleted]
    days: forever`;

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retention-'));
  store = await aWatchedTenant();
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

async function asked(
  yaml: string | null,
  { days = null, by = OWNER, page = 1 }: { days?: number | null; by?: AskedBy; page?: number } = {},
): Promise<Answer> {
  const path = yaml === null ? null : join(folder, 'retention.yml');
  if (path !== null && yaml !== null) await writeFile(path, yaml);
  return answered(path, days, by, page);
}

const answered = (path: string | null, days: number | null, by = OWNER, page = 1): Promise<Answer> =>
  createAsk({
    store,
    now: () => NOW,
    timeZone: 'UTC',
    incidentView: async () => null,
    retention: retentionFacts(() => retentionOf(path, days), store),
  })('as before', by, { page: { ...FIRST_PAGE, number: page }, query: QUERY });

const policiesIn = ({ blocks }: Answer): string[][] =>
  rowsOf(blocks.filter((block) => block.kind === 'table' && block.columns[1] === 'Policy'));
const textsIn = ({ blocks }: Answer): string =>
  blocks.flatMap((block) => (block.kind === 'text' ? block.text : [])).join('\n');

const hold = (personId: string, names: string[], reason = '') =>
  store.holds.put({ personId, names, reason, since: at('21T09:00') });

it('says that AUDIT_RETENTION_DAYS is for all records where there is no policy', async () => {
  const answer = await asked(null, { days: 365 });
  expect(policiesIn(answer)).toEqual([['last', 'AUDIT_RETENTION_DAYS', 'All other records.', '365 days']]);
  expect(textsIn(answer)).toContain('AUDIT_RETENTION_DAYS is for all.');
  expect(policiesIn(await asked(null))[0]?.[3]).toBe('without an end');
});

it('says of one policy what it takes, by names of record types, and how long it keeps that', async () => {
  const answer = await asked(ONE, { days: 90 });
  expect(policiesIn(answer)).toEqual([
    [
      '7',
      'Sign-ins of the board',
      'For the yearly review. Record types AzureActiveDirectoryStsLogon and AzureActiveDirectory; user ceo@contoso.com',
      '1,000 days',
    ],
    ['last', 'AUDIT_RETENTION_DAYS', 'All other records.', '90 days'],
  ]);
  expect(textsIn(answer)).toContain('1 policy keeps some records for a time of its own.');
});

it('lists policies in the order in which they count', async () => {
  const rows = policiesIn(await asked(TWO));
  expect(rows.map(([priority, name, , kept]) => [priority, name, kept])).toEqual([
    ['2', 'Deleted files', 'without an end'],
    ['7', 'Sign-ins of the board', '1,000 days'],
    ['last', 'AUDIT_RETENTION_DAYS', 'without an end'],
  ]);
  expect(rows[0]?.[2]).toBe('Operation filedeleted');
});

it('has every one of fifty policies, on pages', async () => {
  const many = Array.from(
    { length: 50 },
    (_, n) => `  - { name: Number ${n + 1}, priority: ${n + 1}, days: 9 }`,
  );
  const yaml = `policies:\n${many.join('\n')}`;
  const pages = [await asked(yaml), await asked(yaml, { page: 2 }), await asked(yaml, { page: 3 })];
  expect(pages[0]?.paging).toMatchObject({ page: 1, pages: 3, total: 51 });
  const names = pages.flatMap(policiesIn).map(([, name]) => name);
  expect(names).toEqual([...many.map((_, n) => `Number ${n + 1}`), 'AUDIT_RETENTION_DAYS']);
});

it.each([
  ['is not there', null, 'it cannot be read (ENOENT)'],
  ['is not right', 'policies:\n  - { name: A, priority: 1, days: soon }', 'line 2, policies.0.days'],
])('says that the file cannot be used and nothing is removed, where it %s', async (_, yaml, why) => {
  const answer = yaml === null ? await answered(join(folder, 'none.yml'), 90) : await asked(yaml);
  expect(policiesIn(answer)).toEqual([]);
  expect(textsIn(answer)).toContain(why);
  expect(textsIn(answer)).toContain('nothing is removed until it can');
});

it('names who is on legal hold to auditors and owners, and says their number to others', async () => {
  expect(textsIn(await asked(null))).toContain('Nobody is on legal hold.');
  await hold(RICK.id, [RICK.id, 'rick@contoso.com'], 'Case 12');
  await hold('gone', ['gone', 'gone@contoso.com']);
  expect(textsIn(await asked(null))).toContain(
    '2 people are on legal hold: gone@contoso.com (since 21 Nov 09:00); Rick van Oosterhout (since 21 Nov 09:00, “Case 12”).',
  );
  const others = textsIn(await asked(null, { by: READER }));
  expect(others).toContain('2 people are on legal hold. No policy removes');
  expect(others).not.toMatch(/Rick|gone|Case/);
});

it('names nobody outside the administrative units of the asker', async () => {
  await hold(RICK.id, [RICK.id, 'rick@contoso.com']);
  await hold('ceo', ['ceo', 'ceo@contoso.com'], 'Secret');
  const said = await asked(ONE, { by: { ...OWNER, sees: new Set([RICK.id]) } });
  expect(textsIn(said)).toMatch(/Rick van Oosterhout \(since [^)]*\); 1 outside your administrative units/);
  expect(JSON.stringify(said)).not.toMatch(/ceo|Secret/);
  expect(policiesIn(said)[0]?.[2]).toContain('1 user');
});
