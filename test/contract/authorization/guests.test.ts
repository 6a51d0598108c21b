import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf } from '../../../src/simulator/tenant/ids.ts';
import { CARD_ACTIONS } from '../../../src/teams/card-actions/index.ts';
import { type Actor, CAST, CONVERSATIONS, from } from './cast.ts';
import { REFUSED, Stage, saidTo } from './stage.ts';

/** No role is set: whoever belongs to the tenant may ask. */
const NO_ROLES = { READER_ROLES: '', OPERATOR_GROUP_ID: '', OPERATOR_ROLES: '', OWNER_ROLES: '' };

const upn = 'maria.rossi_fabrikam.com#EXT#@contoso.onmicrosoft.com';
const guest: Actor = { name: 'Maria Rossi', aadObjectId: idOf('user', upn) };
const foreigner: Actor = { name: 'Ann Adatum', aadObjectId: '7d1f0000-0000-4000-8000-00000000ada7' };
const member = CAST.nobody;

const stage = new Stage();
beforeAll(() => stage.start(NO_ROLES));
afterAll(() => stage.stop());

describe.each([
  ['a guest', guest],
  ['somebody of another tenant, in a shared channel', foreigner],
])('%s, while no role is set', (_who, actor) => {
  it.each(CONVERSATIONS)('learns nothing by asking in a %s', async (where) => {
    for (const text of ['status', 'licenses of Rick', 'open incidents', 'help', 'export free seats']) {
      const said = saidTo(await stage.say(actor, where, text));
      expect(said).toMatch(REFUSED);
      expect(said).not.toMatch(/AdaptiveCard|Rick|consent/);
    }
  });

  it('finds nobody from the compose box', async () => {
    const value = { commandId: 'findPerson', parameters: [{ name: 'person', value: 'Meg' }] };
    const invoke = { type: 'invoke', name: 'composeExtension/query', text: undefined, value };
    const { text } = await stage.bot.send({ ...invoke, ...from(stage.bot, actor, 'personal') });
    expect(text).toMatch(REFUSED);
    expect(text).not.toContain('Megan');
  });

  it('gets no file', async () => {
    const value = { type: 'fileUpload', action: 'accept', context: { fileId: 'x' } };
    const invoke = { type: 'invoke', name: 'fileConsent/invoke', text: undefined, value };
    expect(saidTo(await stage.bot.send({ ...invoke, ...from(stage.bot, actor, 'personal') }))).toMatch(
      REFUSED,
    );
  });

  it.each(CARD_ACTIONS.map(({ verb }) => verb))('presses %s for nothing', async (verb) => {
    const { id: incidentId } = await stage.incident();
    const data = { incidentId, who: 'all', approveReason: 'x', ask: 'licenses of Rick', length: '1d' };
    const stored = await stage.decidedDuring(async () => {
      expect(saidTo(await stage.press(actor, 'channel', verb, data))).toMatch(REFUSED);
    });
    expect(stored).toEqual([]);
  });
});

it('a member may ask, and decide nothing', async () => {
  expect(saidTo(await stage.say(member, 'personal', 'open incidents'))).toContain('AdaptiveCard');
  expect(saidTo(await stage.say(member, 'personal', 'scan now'))).toMatch(REFUSED);
});

it('somebody of the tenant’s own ids who comes from another tenant is refused', async () => {
  const who = from(stage.bot, member, 'channel');
  const account = { ...(who.from as object), tenantId: '99999999-0000-4000-8000-000000000001' };
  expect(saidTo(await stage.bot.send({ text: 'status', ...who, from: account }))).toMatch(REFUSED);
});
