import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/answers/answer/answer.ts';
import { NOTHING_TOLD } from '../../../src/answers/answer/spend-facts.ts';
import { exportLines, exportRequest } from '../../../src/answers/export/request.ts';
import type { LicensedGroup } from '../../../src/domain/license/sku.ts';
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
  scanned,
  TENANT,
  VISIO,
} from './a-watched-tenant.ts';

const TEAMS = '57ff2da0-773e-42df-b2af-ffb7a2317929';
const SYNCED = '0d17c93b-5721-50c0-9c17-ff435ad274be';
const group = (over: Partial<LicensedGroup>): LicensedGroup => ({
  id: GROUP,
  displayName: 'LIC-M365-E3',
  membershipRule: null,
  dynamic: false,
  onPremisesSyncEnabled: null,
  mailEnabled: false,
  roleAssignable: false,
  assignedLicenses: [],
  ...over,
});
const tenant = {
  ...TENANT,
  groups: [
    group({
      assignedLicenses: [
        { skuId: VISIO, disabledPlans: [] },
        { skuId: E3, disabledPlans: [TEAMS] },
      ],
    }),
    group({
      id: SYNCED,
      displayName: 'All Sales',
      onPremisesSyncEnabled: true,
      assignedLicenses: [{ skuId: VISIO, disabledPlans: [] }],
    }),
    group({ id: 'empty', displayName: 'No Licenses' }),
  ],
};
const ZOE = aUserState({
  id: 'zoe',
  displayName: 'Zoe Sales',
  department: 'Sales',
  assignments: [anAssignment({ skuId: E3, path: GROUP }), anAssignment({ skuId: VISIO })],
});

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
  await scanned(store, [...PEOPLE, ZOE], at('23T10:25'), [], tenant);
});
afterEach(() => store.close());

const rows = ({ blocks }: Answer) => blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
const answerTo = async (query: Partial<Query>) =>
  (await askQuery(store, aQuery({ intent: 'groups', ...query }))).answer;

describe('which groups give licenses', () => {
  it('is told with what each gives, to how many, and with how many errors', async () => {
    const { answer } = await ask(store, 'which groups give licenses');
    expect(answer.lead).toBe('2 groups give a license.');
    expect(rows(answer)).toEqual([
      ['All Sales', 'Visio Plan 2', '0', '', 'synced from on-premises'],
      ['LIC-M365-E3', 'Microsoft 365 E3 (off: Microsoft Teams), Visio Plan 2', '2', '1', ''],
    ]);
  });

  it('is told of one product', async () => {
    const answer = await answerTo({ skus: [E3] });
    expect(answer.lead).toBe('1 group gives Microsoft 365 E3.');
    expect(rows(answer).map(([name]) => name)).toEqual(['LIC-M365-E3']);
  });

  it('counts only whom a scoped asker may see', async () => {
    const { answer } = await askQuery(store, aQuery({ intent: 'groups' }), new Set(['zoe']));
    expect(rows(answer).map(([name, , users, inError]) => [name, users, inError])).toEqual([
      ['All Sales', '0', ''],
      ['LIC-M365-E3', '1', ''],
    ]);
  });

  it('is not known before the first complete read', async () => {
    const empty = await anEmptyStore();
    expect((await askQuery(empty, aQuery({ intent: 'groups' }))).answer.lead).toMatch(/^I have not read/);
    await empty.close();
  });
});

describe('who is in a group', () => {
  it('is told with what they get by it', async () => {
    const { answer } = await ask(store, 'who is in LIC-M365-E3');
    expect(answer.lead).toBe('2 users have a license by LIC-M365-E3.');
    expect(answer.blocks).toContainEqual({
      kind: 'facts',
      facts: [{ label: 'Gives', value: 'Microsoft 365 E3 (off: Microsoft Teams), Visio Plan 2' }],
    });
    expect(answer.blocks).toContainEqual({
      kind: 'text',
      text: '1 user of them with an assignment in error.',
    });
    expect(rows(answer).map(([name, by]) => [name, by])).toEqual([
      ['Adele Vance', 'Microsoft 365 E3, Visio Plan 2 (not given: no seat was left (CountViolation))'],
      ['Zoe Sales', 'Microsoft 365 E3'],
    ]);
  });

  it('is told of a department', async () => {
    const answer = await answerTo({ groups: [GROUP], departments: ['Sales'] });
    expect(rows(answer).map(([name]) => name)).toEqual(['Zoe Sales']);
  });

  it('is nobody where nobody has a license by it', async () => {
    expect((await answerTo({ groups: [SYNCED] })).lead).toBe('Nobody has a license by All Sales.');
  });
});

describe('in which groups somebody is', () => {
  it.each<[string, Partial<Query>, string]>([
    ['is Zoe in LIC-M365-E3', { people: ['zoe'], groups: [GROUP] }, 'Yes, Zoe Sales is in LIC-M365-E3.'],
    [
      'is Zoe in All Sales',
      { people: ['zoe'], groups: [SYNCED] },
      'No, Zoe Sales has no license by All Sales.',
    ],
    ['which groups is Adele in', { people: ['adele'] }, 'Adele Vance has licenses by LIC-M365-E3.'],
    ['which groups is Ines in', { people: ['ines'] }, 'Ines Duarte has no license by a group.'],
  ])('%s', async (text, query, lead) => {
    expect((await answerTo(query)).lead).toBe(lead);
    expect((await ask(store, text)).answer.lead).toBe(lead);
  });
});

describe('a request to change a group', () => {
  it.each<[string, RegExp]>([
    ['put Zoe into LIC-M365-E3', /^Nothing to do: Zoe Sales is in LIC-M365-E3 already\./],
    ['put Zoe into All Sales', /All Sales is synced from on-premises/],
    ['assign Visio to the group All Sales', /^Nothing to do: All Sales gives Visio Plan 2 already\./],
  ])('is refused with the reason: %s', async (text, lead) => {
    const { answer } = await ask(store, text);
    expect(answer.lead).toMatch(lead);
    expect(answer.request).toBeNull();
  });

  it.each<[Partial<LicensedGroup>, RegExp]>([
    [{ dynamic: true }, /its rule decides/],
    [{ roleAssignable: true }, /role-assignable/],
    [{ mailEnabled: true }, /Exchange admin center/],
  ])('is refused as the group is: %o', async (over, lead) => {
    await scanned(store, [...PEOPLE, ZOE], at('23T10:26'), [], { ...tenant, groups: [group(over)] });
    const query = aQuery({ intent: 'assign', people: ['zoe'], groups: [GROUP] });
    expect((await askQuery(store, query)).answer.lead).toMatch(lead);
  });
});

describe('the file', () => {
  const fileOf = async (query: Partial<Query>): Promise<Record<string, unknown>[]> => {
    const request = exportRequest(aQuery({ intent: 'groups', ...query }), NOW, 'ndjson');
    if (!request) throw new Error('There is a file.');
    let file = '';
    for await (const { text } of exportLines(store, request, { now: NOW, spend: NOTHING_TOLD })) file += text;
    return file
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  it('has the groups, or what its members have by one', async () => {
    expect((await fileOf({})).map(({ group: name, users, in_error }) => [name, users, in_error])).toEqual([
      ['LIC-M365-E3', 2, 1],
      ['All Sales', 0, 0],
    ]);
    expect((await fileOf({ groups: [GROUP] })).map(({ user_id, product }) => [user_id, product])).toEqual([
      ['adele', 'Microsoft 365 E3'],
      ['adele', 'Visio Plan 2'],
      ['zoe', 'Microsoft 365 E3'],
    ]);
  });
});
