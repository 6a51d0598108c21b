import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scope } from '../../../../src/domain/access/scope.ts';
import type { Store } from '../../../../src/domain/ports.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { ask, at, aWatchedTenant, E3, GROUP, PEOPLE, scanned, TENANT } from '../a-watched-tenant.ts';

const TEAMS = '57ff2da0-773e-42df-b2af-ffb7a2317929';
const SWAY = 'a23b959c-7ce8-4e57-9140-b90eb88a9e97';
const LARA = aUserState({
  id: 'lara',
  displayName: 'Lara Winter',
  assignments: [anAssignment({ disabledPlans: [TEAMS] })],
});
const GINA = aUserState({
  id: 'gina',
  displayName: 'Gina Rossi',
  assignments: [anAssignment({ path: GROUP })],
});

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
  const skus = [aSkuState({ planIds: [TEAMS, SWAY] })];
  await scanned(store, [...PEOPLE, LARA, GINA], at('23T10:25'), [], { ...TENANT, skus });
});
afterEach(() => store.close());

const answerTo = async (text: string, sees: Scope = null) => (await ask(store, text, 'UTC', sees)).answer;

describe('asking for a service plan to be switched', () => {
  it.each([
    ['turn off Sway for Lara', 'turn-off', [SWAY], 'Lara Winter loses Sway.'],
    ['schalt Sway bei Lara aus', 'turn-off', [SWAY], 'Lara Winter loses Sway.'],
    ['enable Teams for Lara', 'turn-on', [TEAMS], 'Lara Winter gets Microsoft Teams.'],
    ['zet Teams weer aan bij Lara', 'turn-on', [TEAMS], 'Lara Winter gets Microsoft Teams.'],
  ])('shows the plan, and proposes what was asked for: %s', async (text, kind, planIds, lead) => {
    const answer = await answerTo(text);
    expect(answer.lead).toBe(lead);
    expect(answer.request).toMatchObject({
      kind: 'change-licenses',
      request: { kind, userIds: ['lara'], skuIds: [E3], planIds },
    });
  });

  it.each([
    [
      'turn off Sway for Gina',
      /^Gina Rossi stays as is: Microsoft 365 E3 comes from the group LIC-M365-E3, which sets its service plans/,
    ],
    ['turn off Teams for Lara', /It is off already/],
    ['turn on Sway for Lara', /It is on already/],
    ['turn off Sway for Ines', /No license of theirs contains it/],
    ['turn off Sway for everyone', /^Switch Sway off for who\?/],
    ['turn off Sway for Lara until Friday', /^I have not done that/],
  ])('proposes nothing, and says why: %s', async (text, lead) => {
    const answer = await answerTo(text);
    expect(answer.lead).toMatch(lead);
    expect(answer.request).toBeNull();
  });

  it('is about nobody outside the scope of the asker', async () => {
    expect((await answerTo('turn off Sway for Lara', new Set(['ines']))).request).toBeNull();
  });
});
