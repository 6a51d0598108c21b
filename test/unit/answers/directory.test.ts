import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/answers/answer/answer.ts';
import { NOTHING_TOLD } from '../../../src/answers/answer/spend-facts.ts';
import { exportLines } from '../../../src/answers/export/request.ts';
import type { Store } from '../../../src/domain/ports.ts';
import type { Query } from '../../../src/language/query.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';
import { aQuery } from '../../builders/query.ts';
import { anEmptyStore } from '../../builders/storage/store-in-memory.ts';
import {
  ask,
  askQuery,
  at,
  aWatchedTenant,
  E3,
  GROUP,
  NOW,
  PEOPLE,
  rickLost,
  STANDARD,
  scanned,
  VISIO,
} from './a-watched-tenant.ts';

const TEAMS = '57ff2da0-773e-42df-b2af-ffb7a2317929';
const ways = [
  anAssignment({ skuId: VISIO }),
  anAssignment({ skuId: E3, path: GROUP }),
  anAssignment({ skuId: E3 }),
  anAssignment({ skuId: STANDARD, disabledPlans: [TEAMS] }),
];
const ZOE = aUserState({
  id: 'zoe',
  displayName: 'Zoe Sales',
  department: 'Sales',
  usageLocation: 'DE',
  assignments: ways.toSorted((a, b) => (a.skuId + a.path < b.skuId + b.path ? -1 : 1)),
});

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
  await scanned(store, [...PEOPLE, ZOE], at('23T10:25'), [
    rickLost({
      id: 'gain',
      kind: 'gained',
      userId: 'zoe',
      skuId: VISIO,
      path: 'direct',
      before: [],
      after: [anAssignment({ skuId: VISIO })],
      observedAfter: at('23T10:25'),
    }),
  ]);
});
afterEach(() => store.close());

const rows = ({ blocks }: Answer) => blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
const answerTo = async (query: Partial<Query>) =>
  (await askQuery(store, aQuery({ intent: 'directory', ...query }))).answer;

async function fileOf(text: string): Promise<Record<string, string>[]> {
  const { answer } = await ask(store, text);
  if (answer.request?.kind !== 'export') throw new Error(`No file: ${answer.lead}`);
  const request = { ...answer.request.request, format: 'ndjson' as const };
  let file = '';
  for await (const { text: part } of exportLines(store, request, { now: NOW, spend: NOTHING_TOLD }))
    file += part;
  return file.trim() === ''
    ? []
    : file
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
}

describe('everybody’s licenses', () => {
  it('are told a person a row, by product whatever the order of assignment', async () => {
    const { answer } = await ask(store, 'licenses of everybody');
    expect(answer.lead).toBe('4 of 7 users have a license.');
    expect(rows(answer).map(([name]) => name)).toEqual([
      'Adele Vance',
      'Bo Guest',
      'Rick van Oosterhout',
      'Zoe Sales',
    ]);
    expect(rows(answer).at(-1)?.slice(1)).toEqual([
      'Microsoft 365 Business Standard (directly); Microsoft 365 E3 (directly, through LIC-M365-E3); Visio Plan 2 (directly)',
      'zoe.sales@fabrikam.example',
      'Sales',
      'Microsoft Teams',
    ]);
    expect(rows(answer)[0]?.[1]).toContain(
      'Visio Plan 2 (through LIC-M365-E3, not given: no seat was left (CountViolation))',
    );
  });

  it.each<[string, Partial<Query>, string[]]>([
    ['a department', { departments: ['Sales'] }, ['Zoe Sales']],
    ['a country', { countries: ['DE'] }, ['Zoe Sales']],
    ['a product', { skus: [STANDARD] }, ['Rick van Oosterhout', 'Zoe Sales']],
    ['a group', { groups: [GROUP] }, ['Adele Vance', 'Zoe Sales']],
    [
      'everybody but somebody',
      {
        except: { people: ['zoe'], skus: [], groups: [], departments: [], countries: [], said: 'except Zoe' },
      },
      ['Adele Vance', 'Bo Guest', 'Rick van Oosterhout'],
    ],
    ['guests', { accounts: ['guest'] }, ['Bo Guest']],
    ['one way', { path: 'only-direct', skus: [E3] }, []],
  ])('of %s', async (_name, query, names) => {
    expect(rows(await answerTo(query)).map(([name]) => name)).toEqual(names);
  });

  it('of a group lead with the group', async () => {
    const answer = await answerTo({ groups: [GROUP] });
    expect(answer.lead).toBe('2 users have a license by LIC-M365-E3; here is all that each has.');
    expect(rows(answer)[0]?.[1]).toContain('Microsoft 365 E3 (directly, through LIC-M365-E3)');
  });

  it('of whom a scoped asker may see', async () => {
    const { answer } = await askQuery(store, aQuery({ intent: 'directory' }), new Set(['bo', 'ines']));
    expect(answer.lead).toBe('1 of 2 users has a license.');
    expect(rows(answer)).toHaveLength(1);
  });

  it('are not known before the first complete read', async () => {
    const empty = await anEmptyStore();
    expect((await askQuery(empty, aQuery({ intent: 'directory' }))).answer.lead).toMatch(/^I have not read/);
    await empty.close();
  });
});

describe('their file', () => {
  it('has a row for each product and way, with state, plans that are off, and since when', async () => {
    const file = await fileOf('export licenses');
    expect(file).toHaveLength(9);
    expect(file.filter(({ user_id }) => user_id === 'zoe')).toMatchObject([
      {
        product: 'Microsoft 365 Business Standard',
        path: 'direct',
        plans_off: 'Microsoft Teams',
        held_since: '',
      },
      { product: 'Microsoft 365 E3', path: 'direct' },
      { product: 'Microsoft 365 E3', path: 'group', group: 'LIC-M365-E3' },
      {
        product: 'Visio Plan 2',
        held_since: '2026-11-23T10:25:00.000Z',
        first_read: '2026-11-23T10:25:00.000Z',
      },
    ]);
    expect(file.find(({ error }) => error !== null)).toMatchObject({
      user_id: 'adele',
      state: 'Error',
      error: 'CountViolation',
    });
  });

  it.each<[string, string[]]>([
    ['export all licenses', ['adele', 'bo', 'rick', 'zoe']],
    ['all users with their licenses as csv', ['adele', 'bo', 'rick', 'zoe']],
    ['export licenses of everybody', ['adele', 'bo', 'rick', 'zoe']],
    ['csv of all licenses in Sales', ['zoe']],
    ['export licenses of LIC-M365-E3', ['adele', 'zoe']],
    ['exportiere alle Lizenzen', ['adele', 'bo', 'rick', 'zoe']],
    ['export licenses of Rick', ['rick']],
  ])('of “%s”', async (text, ids) => {
    const file = await fileOf(text);
    expect([...new Set(file.map(({ user_id }) => user_id))].toSorted()).toEqual(ids);
  });
});
