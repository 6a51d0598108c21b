import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FIRST_PAGE } from '../../../../src/answers/answer/paging.ts';
import { createAskWithQuery } from '../../../../src/answers/ask.ts';
import { groupFacts } from '../../../../src/app/group-facts.ts';
import type { Scope } from '../../../../src/domain/access/scope.ts';
import { TenantReadError } from '../../../../src/domain/ports.ts';
import { scan } from '../../../../src/jobs/scan/scan.ts';
import type { JobWorld } from '../../../builders/jobs/job-context.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { aTenantWithGroups, E3, SWAY, VISIO } from '../../../builders/restore/group-request.ts';

let world: JobWorld;
beforeEach(async () => {
  world = await aTenantWithGroups();
});
afterEach(() => world.store.close());

async function answerTo(
  text: string,
  { sees = null, asksDirectory = true }: { sees?: Scope; asksDirectory?: boolean } = {},
) {
  const ask = createAskWithQuery({
    store: world.store,
    now: () => world.clock.now(),
    timeZone: 'UTC',
    incidentView: async () => null,
    ...(asksDirectory ? { groups: groupFacts(world.context) } : {}),
  });
  const by = { userId: null, timeZone: null, sees, acts: sees };
  return (await ask(text, by, { page: FIRST_PAGE })).answer;
}

describe('asking for somebody to be put into a group', () => {
  it.each([
    'put Cleo into LIC-E3',
    'add Cleo Maas to the group LIC-E3',
    'zet Cleo in LIC-E3',
    'nimm Cleo in die Gruppe LIC-E3 auf',
    'füge Cleo zur Gruppe LIC-E3 hinzu',
    'ajoute Cleo au groupe LIC-E3',
    'añade a Cleo al grupo LIC-E3',
    'metti Cleo nel gruppo LIC-E3',
    'adiciona a Cleo ao grupo LIC-E3',
  ])('shows what it gives, and proposes it: %s', async (text) => {
    const { lead, request } = await answerTo(text);
    expect(lead).toBe('Cleo Maas joins LIC-E3, which gives Microsoft 365 E3, without Sway.');
    expect(request).toMatchObject({
      kind: 'change-licenses',
      request: { kind: 'add-to-group', userIds: ['cleo'], skuIds: [], groupId: 'lic-e3' },
      plan: { ready: 1 },
    });
  });
});

describe('asking for somebody to be taken out of a group', () => {
  it.each([
    'take Adele out of LIC-E3',
    'remove Adele from the group LIC-E3',
    'haal Adele uit de groep LIC-E3',
    'nimm Adele aus der Gruppe LIC-E3',
    'retire Adele du groupe LIC-E3',
    'saca a Adele del grupo LIC-E3',
    'togli Adele dal gruppo LIC-E3',
    'retira a Adele do grupo LIC-E3',
  ])('shows what they lose, and proposes it: %s', async (text) => {
    const { lead, request } = await answerTo(text);
    expect(lead).toBe('Adele Vance leaves LIC-E3 and loses Microsoft 365 E3.');
    expect(request).toMatchObject({ request: { kind: 'remove-from-group', groupId: 'lic-e3' } });
  });
});

describe('asking for a product for a group', () => {
  it.each([
    'assign Visio to the group All Sales',
    'wijs Visio toe aan de groep All Sales',
    'weise der Gruppe All Sales Visio zu',
    'attribue Visio au groupe All Sales',
    'asigna Visio al grupo All Sales',
    'assegna Visio al gruppo All Sales',
    'atribui Visio ao grupo All Sales',
  ])('finds a group that gives nothing yet, and counts its members: %s', async (text) => {
    const { lead, request } = await answerTo(text);
    expect(lead).toBe('All Sales gives the 3 users who are in it directly Visio Plan 2: 3 get it.');
    expect(request).toMatchObject({
      request: { kind: 'license-group', userIds: [], skuIds: [VISIO], groupId: 'all-sales' },
    });
  });

  it('leaves out services where that is said', async () => {
    const { lead, request } = await answerTo('assign E3 without Sway to the group All Sales');
    expect(lead).toMatch(/^All Sales gives the 3 users .* Microsoft 365 E3, without Sway: 1 gets it, 2 have/);
    expect(request).toMatchObject({ request: { kind: 'license-group', planIds: [SWAY] } });
    const other = await answerTo('assign Visio without Sway to the group All Sales');
    expect(other).toMatchObject({ request: null, lead: 'Visio Plan 2 does not contain Sway.' });
  });

  it.each([
    'remove E3 from the group LIC-E3',
    'verwijder E3 van de groep LIC-E3',
    'retire E3 du groupe LIC-E3',
    'quita E3 del grupo LIC-E3',
    'togli E3 dal gruppo LIC-E3',
    'retira E3 do grupo LIC-E3',
  ])('is taken from it in the same way: %s', async (text) => {
    const { lead, request } = await answerTo(text);
    expect(lead).toMatch(/^LIC-E3 no longer gives the 1 user who is in it Microsoft 365 E3: 1 loses it\./);
    expect(request).toMatchObject({ request: { kind: 'unlicense-group', skuIds: [E3] } });
  });
});

describe('proposes nothing, and says why', () => {
  it.each<[string, RegExp]>([
    ['put Cleo into All Sales', /^I cannot put Cleo Maas into All Sales: All Sales gives no license/],
    ['put Cleo into LIC-E3 until Friday', /^I have not done that\. I cannot use “until Friday 27 November”/],
    ['put Cleo into LIC-E3 if she agrees', /^I have not done that\. I cannot use “if she agrees”/],
    ['put Cleo into LIC-E3 and blorb her', /blorb/],
    ['put Adele into LIC-E3', /^Nothing to do: Adele Vance is in LIC-E3 already\.$/],
    ['put Cleo into LIC-Nowhere', /^No group here is called “LIC-Nowhere”\.$/],
    ['assign Visio and E3 to the group All Sales', /^Which product\?$/],
    ['remove Visio from the group LIC-E3', /^Nothing to do: LIC-E3 does not give Visio Plan 2\.$/],
    ['put Cleo into LIC-E3 and All Sales', /^One group at a time: which one\?$/],
    ['assign a license to the group LIC-E3', /^Who, or which product\?/],
  ])('%s', async (text, lead) => {
    const answer = await answerTo(text);
    expect(answer.lead).toMatch(lead);
    expect(answer.request).toBeNull();
  });

  it.each(['is Cleo in LIC-E3', 'who put Cleo into LIC-E3', 'who is in LIC-E3', 'why is Cleo in LIC-E3'])(
    'a question never becomes a request: %s',
    async (text) => {
      expect((await answerTo(text)).request).toBeNull();
    },
  );

  it('where the directory does not answer', async () => {
    world.tenant.failure = new TenantReadError('forbidden', 'Grant it GroupMember.Read.All.');
    const answer = await answerTo('put Cleo into LIC-E3');
    expect(answer).toMatchObject({
      request: null,
      lead: 'I cannot look at the group now. Grant it GroupMember.Read.All.',
    });
  });

  it('where two groups have the same name', async () => {
    const { groups } = world.tenant.state;
    world.tenant.state = {
      ...world.tenant.state,
      groups: [...groups, aLicensedGroup({ id: 'other', displayName: 'All Sales', assignedLicenses: [] })],
    };
    expect(await answerTo('assign Visio to the group All Sales')).toMatchObject({
      request: null,
      lead: expect.stringMatching(/^2 groups are called “All Sales”, so I cannot tell/),
    });
  });

  it('to somebody who acts on some users only, of what a whole group gives', async () => {
    const sees = new Set(['adele', 'ben', 'cleo']);
    expect(await answerTo('remove E3 from the group LIC-E3', { sees })).toMatchObject({
      request: null,
      lead: expect.stringMatching(/^What a group gives concerns everybody who joins it/),
    });
    expect((await answerTo('put Cleo into LIC-E3', { sees })).request).toMatchObject({
      request: { kind: 'add-to-group' },
    });
    expect((await answerTo('put Cleo into LIC-E3', { sees: new Set(['adele']) })).request).toBeNull();
  });
});

describe('in a terminal, where no directory is asked', () => {
  it('plans by what the last scans tell, and says so', async () => {
    const answer = await answerTo('put Cleo into LIC-E3', { asksDirectory: false });
    expect(answer.lead).toBe('Cleo Maas joins LIC-E3, which gives Microsoft 365 E3, without Sway.');
    expect(JSON.stringify(answer.blocks)).toContain('In Teams I look into the group itself');
  });
});

describe('a product with several names that fit', () => {
  it('is the one that the group gives, where it is taken', async () => {
    world.tenant.state = {
      ...world.tenant.state,
      skus: [
        ...world.tenant.state.skus,
        aSkuState({ skuId: '6fd2c87f-b296-42f0-b197-1e91e994b900', partNumber: 'ENTERPRISEPACK' }),
      ],
    };
    await scan(world.context, { kind: 'full' }, new AbortController().signal);
    expect((await answerTo('remove E3 from the group LIC-E3')).request).toMatchObject({
      request: { kind: 'unlicense-group', skuIds: [E3] },
    });
    expect((await answerTo('assign E3 to the group All Sales')).lead).toBe('Which product?');
  });
});
