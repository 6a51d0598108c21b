import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scope } from '../../../../src/domain/access/scope.ts';
import type { Store } from '../../../../src/domain/ports.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { ask, at, aWatchedTenant, E3, PEOPLE, scanned, TENANT } from '../a-watched-tenant.ts';

const E5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
const LARA = aUserState({
  id: 'lara',
  displayName: 'Lara Winter',
  assignments: [anAssignment({ skuId: E3 })],
});
const tenant = {
  ...TENANT,
  skus: [...TENANT.skus, aSkuState({ skuId: E5, partNumber: 'SPE_E5', enabled: 5, consumed: 1 })],
};

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
  await scanned(store, [...PEOPLE, LARA], at('23T10:25'), [], tenant);
});
afterEach(() => store.close());

const answerTo = async (text: string, sees: Scope = null) => (await ask(store, text, 'UTC', sees)).answer;
const choices = async (text: string) =>
  (await answerTo(text)).blocks.flatMap((block) => (block.kind === 'choices' ? block.choices : []));

describe('asking for one product in place of another', () => {
  it.each([
    'move Lara from E3 to E5',
    'replace Lara’s E3 with E5',
    'stell Lara von E3 auf E5 um',
    'zet Lara om van E3 naar E5',
    'passe Lara de E3 à E5',
    'cambia Lara de E3 a E5',
  ])('shows the plan, and proposes what was asked for: %s', async (text) => {
    const { lead, request } = await answerTo(text);
    expect(lead).toBe('Lara Winter moves from Microsoft 365 E3 to Microsoft 365 E5.');
    expect(request).toMatchObject({
      kind: 'change-licenses',
      request: { kind: 'swap', userIds: ['lara'], skuIds: [E3, E5] },
      plan: { sentence: lead, ready: 1 },
    });
  });

  it('asks for the product that goes where only the new one is said', async () => {
    const offered = await choices('upgrade Lara to E5');
    expect(offered).toMatchObject([{ label: 'Microsoft 365 E3 to Microsoft 365 E5' }]);
    const { request } = await answerTo(offered[0]?.ask ?? '');
    expect(request).toMatchObject({ request: { kind: 'swap', skuIds: [E3, E5] } });
  });

  it.each([
    ['move from E3 to E5', /^Who\? For example/],
    [
      'move Ines from E3 to E5',
      /^Ines Duarte stays as is: There is no license of Microsoft 365 E3 to swap\./,
    ],
    [
      'move Lara from E3 to Business Standard',
      /^Lara Winter stays as is: No seat of Microsoft 365 Business Standard is free/,
    ],
    ['upgrade Ines to E5', /^Ines Duarte has no direct license to swap\.$/],
    ['move Adele from E3 to E5', /comes from the group LIC-M365-E3, so it cannot be swapped for one person/],
    ['move Lara from E3 to E5 until Friday', /^I have not done that/],
  ])('proposes nothing, and says why: %s', async (text, lead) => {
    const answer = await answerTo(text);
    expect(answer.lead).toMatch(lead);
    expect(answer.request).toBeNull();
  });

  it('is about nobody outside the scope of the asker', async () => {
    const answer = await answerTo('move Lara from E3 to E5', new Set(['ines']));
    expect(answer.lead).toMatch(/^Nobody here is called/);
    expect(answer.request).toBeNull();
  });
});
