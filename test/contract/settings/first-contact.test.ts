import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf } from '../../../src/simulator/tenant/ids.ts';
import { type Actor, from } from '../authorization/cast.ts';
import { saidTo } from '../authorization/stage.ts';
import { BotWithIncident, CHANNEL, type Exchange } from '../hostile/bot-with-incident.ts';
import { buttonsIn } from './buttons-in.ts';

const person = (name: string, upn: string): Actor => ({ name, aadObjectId: idOf('user', upn) });
const ADMIN = person('Contoso Admin', 'admin@contoso.com');
const ANNA = person('Anna Kowalska', 'anna.kowalska@contoso.com');
const ADELE = person('Adele Vance', 'adelev@contoso.com');

let bot: BotWithIncident;
beforeEach(async () => {
  bot = new BotWithIncident();
  // No setting of roles at all: nobody is an owner.
  await bot.start({});
}, 60_000);
afterEach(() => bot.stop());

const press = (actor: Actor, verb: string, data: object, where: 'personal' | 'channel' = 'personal') =>
  bot.press(verb, data, from(bot, actor, where));
const installed = (actor: Actor) =>
  bot.send({
    type: 'installationUpdate',
    action: 'add',
    text: undefined,
    entities: undefined,
    ...from(bot, actor, 'personal'),
  });
const USUAL = {
  owners: 'Global Administrator',
  operators: 'License Administrator, User Administrator',
  readers: 'Global Reader',
};
const stored = async () =>
  Object.fromEntries((await bot.app.store.settings.all()).map(({ key, value }) => [key, value]));
const grant = (
  holder: string,
  role: 'Privileged Role Administrator' | 'Global Administrator',
  unit?: string,
) => bot.simulator.tenant.act({ kind: 'grant-role', role, holder, ...(unit ? { unit } : {}) });

async function chooses(actor: Actor): Promise<Exchange> {
  const shown = await press(actor, 'choose-deciders', USUAL);
  const [button] = buttonsIn(shown, 'set-settings');
  return button ? press(actor, 'set-settings', button) : shown;
}

describe('the first contact', () => {
  it('has three things to do, each a button', async () => {
    const card = saidTo(await installed(ADELE));
    for (const title of ['Choose the channel', 'Choose who may decide', 'Run a check']) {
      expect(card).toContain(title);
    }
  });

  it('makes nobody an owner by being first', async () => {
    for (const data of [{}, USUAL]) {
      expect(saidTo(await press(ADELE, 'choose-deciders', data))).toContain(
        'No owner is set yet. Only somebody who is',
      );
    }
    expect(saidTo(await press(ADELE, 'choose-channel', {}, 'channel'))).toContain('No owner is set yet');
    expect(saidTo(await press(ADELE, 'move-alerts', { move: 'here' }, 'channel'))).toContain(
      'No owner is set yet',
    );
    const forged = {
      deed: 'change',
      changes: [{ key: 'OWNER_ROLES', from: null, to: 'Global Administrator' }],
    };
    expect(saidTo(await press(ADELE, 'set-settings', forged))).toContain('No owner is set yet');
    expect(await stored()).toEqual({});
    expect((await bot.app.store.conversations.alertTarget())?.key).toBe(CHANNEL);
  });

  it('takes who may decide from an active Global Administrator, asked twice and logged', async () => {
    const form = saidTo(await press(ADMIN, 'choose-deciders', {}));
    expect(form).toContain('Input.Text');
    const shown = await press(ADMIN, 'choose-deciders', USUAL);
    expect(saidTo(shown)).toContain('Nothing has been changed yet');
    expect(await stored()).toEqual({});

    const [button = {}] = buttonsIn(shown, 'set-settings');
    expect(saidTo(await press(ADMIN, 'set-settings', button))).toContain('Global Administrator');
    expect(await stored()).toEqual({
      OWNER_ROLES: USUAL.owners,
      OPERATOR_ROLES: USUAL.operators,
      READER_ROLES: USUAL.readers,
    });
    expect(await bot.app.store.decisions.recent(1)).toMatchObject([
      { kind: 'set-setting', by: { aadObjectId: ADMIN.aadObjectId } },
    ]);
    expect(bot.logged.join('\n')).toContain('first contact: role asked for');
    // From now on roles are what they are: Adele has none, the administrator is an owner.
    expect(saidTo(await bot.send({ text: 'status', ...from(bot, ADELE, 'personal') }))).toContain(
      'not among the people',
    );
    expect(saidTo(await bot.send({ text: 'settings', ...from(bot, ADMIN, 'personal') }))).toContain(
      'Quiet hours',
    );
  });

  it('takes the channel from a Privileged Role Administrator, who is asked as well', async () => {
    grant('anna.kowalska@contoso.com', 'Privileged Role Administrator');
    const asked = await press(ANNA, 'choose-channel', {}, 'channel');
    expect(saidTo(asked)).toContain('Post alerts in this channel?');
    expect((await bot.app.store.conversations.alertTarget())?.key).toBe(CHANNEL);
    const [here = {}] = buttonsIn(asked, 'move-alerts');
    await press(ANNA, 'move-alerts', here, 'channel');
    expect((await bot.app.store.conversations.alertTarget())?.key).not.toBe(CHANNEL);
    expect(await bot.app.store.decisions.recent(1)).toMatchObject([{ kind: 'set-channel', by: ANNA }]);
  });

  it.each<[string, () => void]>([
    [
      'a role over one administrative unit',
      () => grant('adelev@contoso.com', 'Global Administrator', 'Sales Berlin'),
    ],
    [
      'a role that was taken away',
      () => {
        grant('adelev@contoso.com', 'Global Administrator');
        bot.simulator.tenant.act({
          kind: 'revoke-role',
          role: 'Global Administrator',
          holder: 'adelev@contoso.com',
        });
      },
    ],
  ])('takes nothing from %s', async (_what, prepare) => {
    prepare();
    expect(saidTo(await chooses(ADELE))).toContain('No owner is set yet');
    expect(await stored()).toEqual({});
  });

  it('takes nothing from a guest who is Global Administrator', async () => {
    grant('maria.rossi_fabrikam.com#EXT#@contoso.onmicrosoft.com', 'Global Administrator');
    const actor = person('Maria Rossi', 'maria.rossi_fabrikam.com#EXT#@contoso.onmicrosoft.com');
    expect(saidTo(await chooses(actor))).toMatch(/Guests cannot|No owner is set yet/);
    expect(await stored()).toEqual({});
  });

  it('takes nothing while Microsoft does not say who is an administrator', async () => {
    bot.simulator.tenant.fault({
      path: 'roleManagement/directory',
      effect: { kind: 'status', status: 403, code: 'Authorization_RequestDenied' },
    });
    expect(saidTo(await chooses(ADMIN))).toContain('RoleManagement.Read.Directory');
    expect(await stored()).toEqual({});
  });

  it('says what is wrong with who was chosen, and keeps what was typed', async () => {
    const shown = saidTo(await press(ADMIN, 'choose-deciders', { ...USUAL, owners: 'No Such Group' }));
    expect(shown).toContain('I know no group called');
    expect(shown).toContain('License Administrator, User Administrator');
  });
});
