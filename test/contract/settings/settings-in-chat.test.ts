import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLiveSettings } from '../../../src/app/live-settings.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { givenOf } from '../../../src/config/given.ts';
import { idOf } from '../../../src/simulator/tenant/ids.ts';
import { anEnvironment } from '../../builders/environment.ts';
import { type Actor, CAST } from '../authorization/cast.ts';
import { Stage, saidTo } from '../authorization/stage.ts';
import { buttonsIn } from './buttons-in.ts';

const stage = new Stage();
beforeAll(() => stage.start({ DIGEST_TIME: '09:30', SETTLE_MINUTES: '0' }), 60_000);
afterAll(() => stage.stop());

const OWNER = CAST.owner;
const say = async (text: string, actor: Actor = OWNER) => stage.say(actor, 'personal', text);
const press = async (data: object, actor: Actor = OWNER) =>
  saidTo(await stage.press(actor, 'personal', 'set-settings', data));
const inChat = async () =>
  Object.fromEntries((await stage.store.settings.all()).map(({ key, value }) => [key, value]));

/** Says it, and presses the button that the card has. */
async function change(
  text: string,
  actor: Actor = OWNER,
): Promise<{ card: string; outcome: string; back: object }> {
  const asked = await say(text, actor);
  const [button] = buttonsIn(asked, 'set-settings');
  if (!button)
    throw new Error(
      `no button: ${saidTo(asked)
        .match(/"text":"[^"]*"/g)
        ?.join(' ')}`,
    );
  const outcome = await stage.press(actor, 'personal', 'set-settings', button);
  return { card: saidTo(asked), outcome: saidTo(outcome), back: buttonsIn(outcome, 'set-settings')[0] ?? {} };
}

beforeEach(async () => {
  const stored = await stage.store.settings.all();
  if (stored.length === 0) return;
  await stage.store.settings.commit({
    decision: (await stage.decidedDuring(async () => undefined))[0] ?? {
      id: stage.newId(),
      at: stage.now(),
      kind: 'set-setting',
      incidentId: null,
      by: { aadObjectId: 'x', tenantId: null, name: 'X' },
      reason: null,
      userIds: null,
      until: null,
      way: null,
      about: null,
      subject: null,
    },
    changes: stored.map(({ key, value }) => ({ key, from: value, to: null })),
  });
  await stage.bot.app.live.reload();
});

describe('a setting in chat', () => {
  it('is asked about first, counts at once, is in the decision log, and can be taken back', async () => {
    const { card, outcome, back } = await change('set quiet hours to 21:00-06:00');
    expect(card).toContain('Nothing has been changed yet');
    expect(outcome).toContain('Quiet hours: never → 21:00-06:00');
    expect((await stage.bot.app.jobs.routes.current()).routing.root.quiet).not.toEqual([]);
    expect(await stage.store.decisions.recent(1)).toMatchObject([
      { kind: 'set-setting', about: 'QUIET_HOURS', by: { aadObjectId: OWNER.aadObjectId } },
    ]);
    expect(saidTo(await say('what are the quiet hours'))).toMatch(/21:00-06:00.*Contoso Admin/s);
    expect(saidTo(await say('show the decision log'))).toContain('Quiet hours: never → 21:00-06:00');

    expect(await press(back)).toContain('Quiet hours: 21:00-06:00 → never');
    expect(await inChat()).toEqual({});
    expect((await stage.bot.app.jobs.routes.current()).routing.root.quiet).toEqual([]);
  });

  it.each([
    ['set retention to 400 days', async () => (await stage.bot.app.jobs.retention()).at(-1)?.days, 400],
    ['set the mass loss threshold to 25%', async () => stage.bot.app.jobs.settings.massLossPercent, 25],
    ['require a second approver', async () => stage.bot.app.jobs.settings.secondApproverAbove, 0],
    [
      'set the time zone to Asia/Tokyo',
      async () => stage.bot.app.live.current().watch.timeZone,
      'Asia/Tokyo',
    ],
    ['escalate after 45 minutes', async () => stage.bot.app.jobs.settings.escalateAfterMs, 2_700_000],
    ['set on call to Adele Vance', async () => stage.bot.app.jobs.settings.onCall?.name, 'Adele Vance'],
  ])('“%s” is what the jobs work with from then on', async (text, now, wanted) => {
    await change(text);
    expect(await now()).toEqual(wanted);
  });

  it('names a product, also one that the tenant has not yet', async () => {
    await change("name the product O365_BUSINESS_PREMIUM 'Contoso Office'");
    expect(saidTo(await say('free seats'))).toContain('Contoso Office');
    const { outcome } = await change('call the product NORTHWIND_NEXT Northwind Next');
    expect(outcome).toContain('Name of NORTHWIND_NEXT');
    expect(await inChat()).toMatchObject({ 'PRODUCT_NAMES:northwind_next': 'Northwind Next' });
  });

  it('prices a product, and the price is what cost counts with', async () => {
    await change('set the price of O365_BUSINESS_PREMIUM to 12.50 EUR');
    expect(saidTo(await say('what do our licenses cost'))).toMatch(/12\.50|EUR/);
  });

  it('of the environment stays, and says where it is changed', async () => {
    const asked = await say('set the digest to 07:00');
    expect(saidTo(asked)).toContain('Set by the environment variable DIGEST_TIME: change it there.');
    expect(buttonsIn(asked, 'set-settings')).toEqual([]);
    const forged = { deed: 'change', changes: [{ key: 'DIGEST_TIME', from: null, to: '07:00' }] };
    expect(await press(forged)).toContain('Set by the environment variable DIGEST_TIME: change it there.');
    expect(await inChat()).toEqual({});
  });

  it.each([
    ['set DATABASE_URL to postgres://a:b@c/d', /The database is never set in chat/],
    ['set the client secret to hunter2hunter2', /Secrets are never set in chat/],
    ['set GRAPH_URL to https://graph.example', /Microsoft’s addresses, are never set in chat/],
    ['set LOG_LEVEL to debug', /a matter of the server/],
  ])('“%s” is refused in a sentence that repeats no value', async (text, sentence) => {
    const told = saidTo(await say(text));
    expect(told).toMatch(sentence);
    expect(told).not.toMatch(/hunter2|a:b@c|graph\.example/);
  });

  it.each([
    [{ key: 'DATABASE_URL', from: null, to: 'postgres://a:b@c/d' }, /never set in chat/],
    [{ key: 'AAD_APP_CLIENT_SECRET', from: null, to: 'x' }, /never set in chat/],
    [{ key: 'AUTHORITY_URL', from: null, to: 'https://evil.example' }, /never set in chat/],
    [{ key: 'PRICE_LIST', from: null, to: '/etc/passwd' }, /cannot|never|no such|file/i],
    [{ key: 'PRODUCT_NAMES', from: null, to: '/etc/passwd' }, /cannot|never|no such|file/i],
    [{ key: 'NO_SUCH_THING', from: null, to: 'x' }, /no such setting/],
  ])('%o is refused from a forged card as well', async (forged, sentence) => {
    expect(await press({ deed: 'change', changes: [forged] })).toMatch(sentence);
    expect(await inChat()).toEqual({});
  });

  it.each([
    ['set the mass loss threshold to 250', 'Set MASS_LOSS_PERCENT to a percentage above 0 and up to 100'],
    ['set the time zone to Middle/Earth', 'Set TIME_ZONE to an IANA time zone'],
    ['set quiet hours to tea time', 'Set QUIET_HOURS to hours such as 22:00-07:00'],
    ['set retention to 0 days', 'Set AUDIT_RETENTION_DAYS to a whole number of days'],
  ])('“%s” gets the sentence of the configuration', async (text, sentence) => {
    const asked = await say(text);
    expect(saidTo(asked)).toContain(sentence);
    expect(buttonsIn(asked, 'set-settings')).toEqual([]);
  });

  it('is for owners alone', async () => {
    expect(saidTo(await say('set quiet hours to 22:00-07:00', CAST.operator))).toContain(
      'Only owners can do this',
    );
    const forged = { deed: 'change', changes: [{ key: 'QUIET_HOURS', from: null, to: '22:00-07:00' }] };
    expect(await press(forged, CAST.operator)).toContain('Only owners can do this');
    expect(await inChat()).toEqual({});
    expect(saidTo(await say('settings', CAST.reader))).toContain('Quiet hours');
  });

  it('that somebody else changed meanwhile is shown again, not overwritten', async () => {
    const [button = {}] = buttonsIn(await say('set retention to 100 days'), 'set-settings');
    await change('set retention to 200 days');
    expect(await press(button)).toContain('was changed by somebody else meanwhile');
    expect(await inChat()).toEqual({ AUDIT_RETENTION_DAYS: '200' });
  });

  it('is seen by another process on the same database', async () => {
    const loaded = loadConfig(anEnvironment());
    if (!loaded.ok) throw new Error('the environment is wrong');
    let up = 0;
    const log = { info: () => undefined, warn: () => undefined };
    const other = createLiveSettings({
      given: givenOf(loaded.config),
      store: stage.store,
      uptime: () => up,
      log,
    });
    await other.reload();
    await change('set retention to 321 days');
    up += 2_000;
    await other.refresh();
    expect(other.current().keeping.auditRetentionDays).toBe(321);
  });
});

describe('who may do what', () => {
  const SECOND: Actor = { name: 'Anna Kowalska', aadObjectId: idOf('user', 'anna.kowalska@contoso.com') };

  it('needs another owner where there is one', async () => {
    stage.bot.simulator.tenant.act({
      kind: 'grant-role',
      role: 'Global Administrator',
      holder: 'anna.kowalska@contoso.com',
    });
    stage.advance(10 * 60_000);
    const { outcome } = await change('set the auditor roles to Security Reader');
    expect(outcome).toContain('Another owner has to confirm this');
    expect(await inChat()).toEqual({});

    const mine = saidTo(await say('settings'));
    expect(mine).toContain('Withdraw');
    const [confirm] = (await stage.store.settings.requests(stage.now())).map(({ id }) => ({
      deed: 'confirm',
      requestId: id,
    }));
    expect(await press(confirm ?? {})).toContain('another owner has to confirm it');
    expect(await press(confirm ?? {}, CAST.operator)).toContain('Only owners can do this');

    expect(saidTo(await say('settings', SECOND))).toContain('Confirm');
    expect(await press(confirm ?? {}, SECOND)).toContain('Security Reader');
    expect(await inChat()).toEqual({ AUDITOR_ROLES: 'Security Reader' });
    expect(await press(confirm ?? {}, SECOND)).toContain('waits no more');
    expect(await stage.store.decisions.recent(2)).toMatchObject([
      { kind: 'set-setting', by: { name: 'Anna Kowalska' } },
      { kind: 'ask-setting', by: { name: 'Contoso Admin' } },
    ]);
  });
});
