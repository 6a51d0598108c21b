import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOTHING_TOLD } from '../../../src/answers/answer/spend-facts.ts';
import { exportLines, exportRequest } from '../../../src/answers/export/request.ts';
import type { Scope } from '../../../src/domain/access/scope.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { aChange } from '../../builders/license/license-change.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';
import {
  ask,
  at,
  aWatchedTenant,
  E3,
  GROUP,
  NOW,
  PEOPLE,
  RICK,
  STANDARD,
  scanned,
  TENANT,
  VISIO,
} from './a-watched-tenant.ts';
import { rowsOf } from './rows-of.ts';

const E5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
const O365_E3 = '6fd2c87f-b296-42f0-b197-1e91e994b900';
const TEAMS = '57ff2da0-773e-42df-b2af-ffb7a2317929';
const SWAY = 'a23b959c-7ce8-4e57-9140-b90eb88a9e97';
const EXCHANGE_2 = 'efb87545-963c-4e0d-99df-69c6916d9eb0';
const EXCHANGE_1 = '9aaf7827-d63c-4b61-89c3-182f06f82e5c';
const EXCHANGE_PRODUCT = '4b9405b0-7788-4568-add1-99614e613b69';
const NEW_PLAN = '00000000-1111-4222-8333-444444444444';

/** Four people: with everything on, with Exchange off, with Teams off directly and on through a group, without any. */
const LARA = aUserState({
  id: 'lara',
  displayName: 'Lara Winter',
  department: 'Sales',
  assignments: [anAssignment({ skuId: E3 })],
});
const OLEG = aUserState({
  id: 'oleg',
  displayName: 'Oleg Petrov',
  department: 'Finance',
  assignments: [anAssignment({ skuId: E3, disabledPlans: [EXCHANGE_2, SWAY] })],
});
const GINA = aUserState({
  id: 'gina',
  displayName: 'Gina Rossi',
  usageLocation: 'DE',
  assignments: [
    anAssignment({ skuId: E3, disabledPlans: [TEAMS] }),
    anAssignment({ skuId: E3, path: GROUP }),
  ],
});
const tenant = {
  ...TENANT,
  skus: [
    aSkuState({
      skuId: E3,
      partNumber: 'SPE_E3',
      planIds: [TEAMS, SWAY, EXCHANGE_2, NEW_PLAN],
      planNames: { [NEW_PLAN]: 'BRAND_NEW' },
    }),
    aSkuState({ skuId: E5, partNumber: 'SPE_E5', planIds: [TEAMS, SWAY, EXCHANGE_2, 'e5-a', 'e5-b'] }),
    aSkuState({ skuId: STANDARD, partNumber: 'O365_BUSINESS_PREMIUM', planIds: [TEAMS, EXCHANGE_1] }),
    aSkuState({ skuId: VISIO, partNumber: 'VISIOCLIENT', planIds: ['visio'] }),
  ],
};

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
  await scanned(store, [...PEOPLE, LARA, OLEG, GINA], at('23T10:25'), [], tenant);
});
afterEach(() => store.close());

const answerTo = async (text: string, sees: Scope = null) => (await ask(store, text, 'UTC', sees)).answer;
const leadOf = async (text: string) => (await answerTo(text)).lead;

describe('whether somebody has a service', () => {
  it.each([
    ['does Lara have Teams', 'Yes, Lara Winter has Teams: Microsoft 365 E3 (directly).'],
    ['does Oleg have Teams', 'Yes, Oleg Petrov has Teams: Microsoft 365 E3 (directly).'],
    [
      'does Oleg have Exchange',
      'No, Exchange Online is switched off for Oleg Petrov in Microsoft 365 E3 (directly).',
    ],
    [
      'is Exchange switched off for Oleg',
      'Yes, Exchange Online is switched off for Oleg Petrov in Microsoft 365 E3 (directly).',
    ],
    [
      'is Exchange switched off for Lara',
      'No, Lara Winter has Exchange Online: Microsoft 365 E3 (directly).',
    ],
    ['does Ines have Teams', 'No, Ines Duarte does not have Teams: they have no license.'],
    ['does Bo have Teams', 'No, Bo Guest does not have Teams: none of their licenses contains it.'],
    [
      'does Lara have Intune',
      'No, Lara Winter does not have Intune: no product of this tenant contains Intune.',
    ],
    [
      'does Gina have Teams',
      'Yes, Gina Rossi has Teams: Microsoft 365 E3 (through LIC-M365-E3); it is off in Microsoft 365 E3 (directly).',
    ],
    ['hat Lara Teams aktiv', 'Yes, Lara Winter has Teams: Microsoft 365 E3 (directly).'],
    [
      'staat Exchange bij Oleg uit',
      'Yes, Exchange Online is switched off for Oleg Petrov in Microsoft 365 E3 (directly).',
    ],
  ])('%s', async (text, lead) => {
    expect(await leadOf(text)).toBe(lead);
  });

  it('is a matter of the service where a product is called like it, too', async () => {
    const exchange = aSkuState({
      skuId: EXCHANGE_PRODUCT,
      partNumber: 'EXCHANGESTANDARD',
      planIds: [EXCHANGE_1],
    });
    await scanned(store, [...PEOPLE, LARA, OLEG, GINA], at('23T10:28'), [], {
      ...tenant,
      skus: [...tenant.skus, exchange],
    });
    for (const text of [
      'who has Exchange off',
      'who has Exchange Online disabled',
      'wer hat Exchange aus',
      'wie heeft Exchange uit',
      'qui a Exchange désactivé',
      'quién tiene Exchange apagado',
    ]) {
      expect(await leadOf(text), text).toBe('1 user has Exchange Online switched off.');
    }
    expect(await leadOf('disable Exchange Online for Lara')).toBe(
      'Lara Winter loses EXCHANGE ONLINE (PLAN 2).',
    );
    expect(await leadOf('who has Exchange Online')).toBe('Nobody has Exchange Online (Plan 1).');
    expect(await leadOf('remove Exchange Online from Lara')).toContain(
      'no license of Exchange Online (Plan 1)',
    );
  });

  it.each(['who does not have Teams', 'people without Teams', 'who has no Teams', 'wer hat kein Teams'])(
    '“%s” lists those who lack it, with a file of them',
    async (text) => {
      await scanned(
        store,
        [
          LARA,
          OLEG,
          GINA,
          aUserState({
            id: 'ole',
            displayName: 'Ole Off',
            assignments: [anAssignment({ skuId: E3, disabledPlans: [TEAMS] })],
          }),
          aUserState({ id: 'nora', displayName: 'Nora None' }),
        ],
        at('23T10:28'),
        [],
        tenant,
      );
      const answer = await answerTo(text);
      expect(answer.lead).toBe('2 users do not have Teams; 1 of them has it switched off.');
      expect(rowsOf(answer.blocks).map(([name, , where]) => [name, where])).toEqual([
        ['Nora None', 'no license has it'],
        ['Ole Off', 'Microsoft 365 E3 (directly)'],
      ]);
      if (!answer.file) throw new Error('no file');
      let file = '';
      const request = { ...answer.file, format: 'ndjson' as const };
      for await (const { text: part } of exportLines(store, request, { now: NOW, spend: NOTHING_TOLD }))
        file += part;
      const rows = file
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(rows.map(({ user, state }) => [user, state]).toSorted()).toEqual([
        ['Nora None', 'none'],
        ['Ole Off', 'off'],
      ]);
    },
  );

  it('says when it was seen switched off, and by whom as far as anybody knows', async () => {
    const [on, off] = [[], [TEAMS]].map((disabledPlans) => [
      anAssignment({ skuId: STANDARD, disabledPlans }),
    ]);
    await scanned(
      store,
      PEOPLE,
      at('23T10:28'),
      [
        aChange({
          id: 'change-2',
          kind: 'plans-changed',
          userId: RICK.id,
          skuId: STANDARD,
          before: on ?? [],
          after: off ?? [],
          observedBefore: at('23T10:25'),
          observedAfter: at('23T10:28'),
        }),
      ],
      tenant,
    );
    const { lead, blocks } = await answerTo('does Rick have Teams');
    expect(lead).toMatch(/^No, Teams is switched off for Rick/);
    expect(blocks[0]).toEqual({
      kind: 'text',
      text: 'Microsoft Teams was seen switched off 23 Nov 10:28. The change is new: its cause is being looked for.',
    });
  });

  it('says that it was off from the first read where no change tells', async () => {
    expect((await answerTo('does Oleg have Exchange')).blocks[0]).toMatchObject({
      text: expect.stringMatching(/was off already when I first read the account, 23 Nov 10:25\.$/),
    });
  });
});

describe('the service plans of somebody', () => {
  it('are told with state, product and path, what is off first; unknown ones by Microsoft’s name', async () => {
    const answer = await answerTo('service plans of Oleg');
    expect(answer.lead).toBe('Oleg Petrov has 2 service plans; 2 are switched off.');
    expect(rowsOf(answer.blocks)).toEqual(
      [
        ['Sway', 'off', 'Microsoft 365 E3 (directly)'],
        ['EXCHANGE ONLINE (PLAN 2)', 'off', 'Microsoft 365 E3 (directly)'],
        ['Microsoft Teams', 'on', 'Microsoft 365 E3 (directly)'],
        ['BRAND_NEW', 'on', 'Microsoft 365 E3 (directly)'],
      ].toSorted((a, b) => Number(a[1] === 'on') - Number(b[1] === 'on')),
    );
    expect(answer.file).toMatchObject({ intent: 'plans', people: ['oleg'] });
  });

  it('are only those that are off where that was asked', async () => {
    const answer = await answerTo('which plans does Oleg have switched off');
    expect(answer.lead).toBe('Oleg Petrov has 2 service plans switched off.');
    expect(rowsOf(answer.blocks).map(([, state]) => state)).toEqual(['off', 'off']);
  });
});

describe('who has a service on or off', () => {
  it.each<[string, string, string[]]>([
    ['who has Exchange off', '1 user has Exchange Online switched off.', ['Oleg Petrov']],
    [
      'who has Teams',
      '4 users have Teams; 1 more has it switched off.',
      ['Adele Vance', 'Gina Rossi', 'Lara Winter', 'Oleg Petrov'],
    ],
    [
      'who has Exchange turned on',
      '4 users have Exchange Online; 1 more has it switched off.',
      ['Adele Vance', 'Gina Rossi', 'Lara Winter', 'Rick van Oosterhout'],
    ],
    [
      'who in Finance has Exchange off',
      'Only people in the Finance department: 1 user has Exchange Online switched off.',
      ['Oleg Petrov'],
    ],
    [
      'who in Sales has Exchange off',
      'Only people in the Sales department: nobody has Exchange Online switched off.',
      [],
    ],
    [
      'who has Exchange off but not Oleg',
      'Only people except Oleg Petrov: nobody has Exchange Online switched off.',
      [],
    ],
  ])('%s', async (text, lead, people) => {
    const answer = await answerTo(text);
    expect(rowsOf(answer.blocks).map(([name]) => name)).toEqual(people);
    expect(answer.lead).toBe(lead);
  });

  it('tells only of whom the asker may see', async () => {
    const answer = await answerTo('who has Exchange off', new Set(['lara']));
    expect(answer.lead).toBe('Nobody has Exchange Online switched off.');
    expect(JSON.stringify(answer)).not.toContain('Oleg');
  });

  it('can be had as a file, with the same people', async () => {
    const { query } = await ask(store, 'who has Exchange off');
    const request = exportRequest(query, NOW, 'csv');
    expect(request).toMatchObject({ intent: 'plans', plans: ['Exchange Online'], planState: 'off' });
    if (!request) return;
    const parts: string[] = [];
    for await (const { text } of exportLines(store, request, { now: NOW, spend: NOTHING_TOLD }))
      parts.push(text);
    const rows = parts.join('').trim().split('\r\n').slice(1);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatch(/^oleg,Oleg Petrov,.*EXCHANGE_S_ENTERPRISE,off$/);
  });
});

describe('what products contain', () => {
  it.each([
    ['what is in Business Standard', 'Microsoft 365 Business Standard contains 2 service plans.'],
    [
      'does Business Standard include Teams',
      'Yes, Microsoft 365 Business Standard contains Teams (Microsoft Teams).',
    ],
    ['does Business Standard include Sway', 'No, Microsoft 365 Business Standard does not contain Sway.'],
    ['which products contain Sway', '2 products of this tenant contain Sway.'],
    ['which products contain Intune', 'No product of this tenant contains Intune.'],
  ])('%s', async (text, lead) => {
    expect(await leadOf(text)).toBe(lead);
  });

  it('is told by plan with Microsoft’s own names', async () => {
    expect(rowsOf((await answerTo('what is in Business Standard')).blocks)).toEqual([
      ['Exchange Online (Plan 1)', 'EXCHANGE_S_STANDARD'],
      ['Microsoft Teams', 'TEAMS1'],
    ]);
  });

  it('of two is told as what only one of them has, both ways', async () => {
    const answer = await answerTo('difference between E3 and E5');
    expect(answer.lead).toBe(
      'Microsoft 365 E3 has 1 service plan that Microsoft 365 E5 does not have, and Microsoft 365 E5 has 2 that Microsoft 365 E3 does not have; 3 are in both.',
    );
    expect(rowsOf(answer.blocks)).toEqual([
      ['BRAND_NEW', 'Microsoft 365 E3', 'BRAND_NEW'],
      ['e5-a', 'Microsoft 365 E5', 'e5-a'],
      ['e5-b', 'Microsoft 365 E5', 'e5-b'],
    ]);
  });

  it('names all where a name fits several products', async () => {
    const more = {
      ...tenant,
      skus: [...tenant.skus, aSkuState({ skuId: O365_E3, partNumber: 'ENTERPRISEPACK', planIds: [TEAMS] })],
    };
    await scanned(store, PEOPLE, at('23T10:28'), [], more);
    const { lead, blocks, next } = await answerTo('compare E3 with E5');
    expect(lead).toContain('1 service plan is in all of');
    expect(blocks[0]).toMatchObject({
      text: expect.stringMatching(/^One of the names fits .*Office 365 E3/),
    });
    expect(next).toContain('difference between SPE_E3 and SPE_E5');
    expect(next).toContain('difference between ENTERPRISEPACK and SPE_E5');
  });
});
