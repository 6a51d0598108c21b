import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/answers/answer/answer.ts';
import { NOTHING_TOLD } from '../../../src/answers/answer/spend-facts.ts';
import { exportLines, exportRequest } from '../../../src/answers/export/request.ts';
import type { Store } from '../../../src/domain/ports.ts';
import type { Query } from '../../../src/language/query.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
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
  scanned,
  TENANT,
  VISIO,
} from './a-watched-tenant.ts';

const FLOW = 'f30db892-07e9-47e9-837c-80727f46fd3d';
const MORE = [
  aUserState({ id: 'gina', displayName: 'Gina Guest', userType: 'Guest', accountEnabled: false }),
  aUserState({
    id: 'gus',
    displayName: 'Gus Guest',
    userType: 'Guest',
    assignments: [anAssignment({ skuId: FLOW })],
  }),
  aUserState({
    id: 'max',
    displayName: 'Max Member',
    userType: 'Member',
    userPrincipalName: 'max_fabrikam.example#EXT#@contoso.example',
    assignments: [anAssignment({ skuId: E3, path: GROUP })],
  }),
  aUserState({
    id: 'lea',
    displayName: 'Lea Leaver',
    accountEnabled: false,
    department: 'Sales',
    assignments: [anAssignment({ skuId: VISIO })],
  }),
];
const tenant = { ...TENANT, skus: [...TENANT.skus, aSkuState({ skuId: FLOW, partNumber: 'FLOW_FREE' })] };

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
  await scanned(store, [...PEOPLE, ...MORE], at('23T10:25'), [], tenant);
});
afterEach(() => store.close());

const answerTo = async (query: Partial<Query>): Promise<Answer> =>
  (await askQuery(store, aQuery(query))).answer;
const namesIn = ({ blocks }: Answer): (string | undefined)[] =>
  blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map(([name]) => name) : []));

describe('who has no license', () => {
  it('is listed, with how many of them are guests or blocked', async () => {
    const { answer } = await ask(store, 'who has no license');
    expect(answer.lead).toBe('4 users have no license.');
    expect(namesIn(answer)).toEqual(['Chris Green', 'Chris Naidoo', 'Gina Guest', 'Ines Duarte']);
    expect(answer.blocks[0]).toEqual({
      kind: 'text',
      text: '3 members who may sign in, 0 blocked accounts, 1 guest.',
    });
    expect(answer.completeUntil).toMatch(/^State read 23 Nov 10:25/);
  });

  it('counts a license in error as none, and says so beside it', async () => {
    const answer = await answerTo({ intent: 'unlicensed', skus: [VISIO] });
    expect(answer.lead).toBe('8 users do not have Visio Plan 2.');
    const rows = answer.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
    expect(rows.find(([name]) => name === 'Adele Vance')?.[2]).toBe(
      'Microsoft 365 E3 and Visio Plan 2 (not given: in error or disabled)',
    );
    expect(namesIn(answer)).not.toContain('Bo Guest');
  });

  it('is nobody when everybody has one', async () => {
    await scanned(
      store,
      [aUserState({ id: 'rick', assignments: [anAssignment({ skuId: E3 })] })],
      at('23T10:26'),
    );
    expect((await answerTo({ intent: 'unlicensed' })).lead).toBe('Everybody has a license.');
    expect((await answerTo({ intent: 'unlicensed', skus: [VISIO] })).lead).toBe(
      '1 user does not have Visio Plan 2.',
    );
  });

  it('is not known before the first complete read', async () => {
    const empty = await anEmptyStore();
    const { answer } = await askQuery(empty, aQuery({ intent: 'unlicensed' }));
    expect(answer.lead).toBe('I have not read the tenant completely yet, so I cannot say.');
    await empty.close();
  });

  it('tells a scoped asker of whoever they may see', async () => {
    const { answer } = await askQuery(store, aQuery({ intent: 'unlicensed' }), new Set(['ines', 'rick']));
    expect(answer.lead).toBe('1 user has no license.');
    expect(namesIn(answer)).toEqual(['Ines Duarte']);
  });
});

describe('kinds of account', () => {
  it.each<[string, Partial<Query>, string, string[]]>([
    [
      'blocked with a license',
      { intent: 'unlicensed', accounts: ['disabled'], holding: 'any' },
      '1 user whose account is blocked has a license.',
      ['Lea Leaver'],
    ],
    [
      'blocked, however the sentence was read',
      { intent: 'guests', accounts: ['disabled'], holding: 'any' },
      '1 user whose account is blocked has a license.',
      ['Lea Leaver'],
    ],
    [
      'all guests',
      { intent: 'guests' },
      '3 guests are in the directory.',
      ['Bo Guest', 'Gina Guest', 'Gus Guest'],
    ],
    [
      'guests with a license',
      { intent: 'guests', holding: 'any' },
      '2 guests have a license.',
      ['Bo Guest', 'Gus Guest'],
    ],
    [
      'guests with a paid one',
      { intent: 'guests', holding: 'paid' },
      '1 guest has a license that costs something.',
      ['Bo Guest'],
    ],
    ['guests without', { intent: 'guests', holding: 'none' }, '1 guest has no license.', ['Gina Guest']],
    [
      'external members',
      { intent: 'guests', accounts: ['external', 'member'] },
      '1 external member is in the directory.',
      ['Max Member'],
    ],
    [
      'a product by a group only',
      { intent: 'sku-users', skus: [E3], path: 'only-group' },
      '1 user has Microsoft 365 E3 by a group only.',
      ['Max Member'],
    ],
    [
      'a product directly',
      { intent: 'sku-users', skus: [E3], path: 'direct' },
      '1 user has Microsoft 365 E3 directly.',
      ['Adele Vance'],
    ],
  ])('%s', async (_name, query, lead, names) => {
    const answer = await answerTo(query);
    expect(answer.lead).toBe(lead);
    expect(namesIn(answer)).toEqual(names);
  });
});

describe('the file', () => {
  const fileOf = async (query: Query): Promise<string[]> => {
    const request = exportRequest(query, NOW, 'csv');
    if (!request) throw new Error('There is a file.');
    let file = '';
    for await (const { text } of exportLines(store, request, { now: NOW, spend: NOTHING_TOLD })) file += text;
    return file.trim().split('\r\n').slice(1);
  };

  it('has whoever the answer has', async () => {
    for (const query of [
      aQuery({ intent: 'unlicensed' }),
      aQuery({ intent: 'unlicensed', skus: [VISIO] }),
      aQuery({ intent: 'guests' }),
      aQuery({ intent: 'guests', holding: 'paid' }),
      aQuery({ intent: 'sku-users', skus: [E3], path: 'only-group' }),
      aQuery({ intent: 'unlicensed', accounts: ['disabled'], holding: 'any' }),
    ]) {
      const told = namesIn(await answerTo(query)).toSorted();
      const rows = await fileOf(query);
      expect(rows.map((row) => row.split(',')[1]).toSorted()).toEqual(told);
    }
  });

  it('of a request of an old card has guests with licenses, a row for each', async () => {
    const { which: _, ...old } = exportRequest(aQuery({ intent: 'guests' }), NOW, 'csv') ?? {};
    expect(old).not.toHaveProperty('which');
    const lines: string[] = [];
    for await (const { text } of exportLines(store, old as never, { now: NOW, spend: NOTHING_TOLD }))
      lines.push(text);
    expect(lines.join('').trim().split('\r\n')).toHaveLength(3);
    expect(lines[0]).toContain('plans_off');
  });
});
