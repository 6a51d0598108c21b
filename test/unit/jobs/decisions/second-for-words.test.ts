import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Access } from '../../../../src/domain/access/access.ts';
import type { Person } from '../../../../src/domain/access/person.ts';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import { NO_CHANNEL } from '../../../../src/domain/restore/requests/asked-view.ts';
import { type LicenseRequest, planOnRequest } from '../../../../src/domain/restore/requests/on-request.ts';
import { requestFacts } from '../../../../src/domain/restore/requests/request-facts.ts';
import { confirmAsked, declineAsked, withdrawAsked } from '../../../../src/jobs/decisions/answer-asked.ts';
import { changeLicenses } from '../../../../src/jobs/decisions/change-licenses.ts';
import type { Started } from '../../../../src/jobs/decisions/started.ts';
import { undoRequest } from '../../../../src/jobs/decisions/undo-request.ts';
import { deliver } from '../../../../src/jobs/delivery/deliver.ts';
import { scan } from '../../../../src/jobs/scan/scan.ts';
import { expireRequests } from '../../../../src/jobs/upkeep/expire-requests.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';
import { LEE, MEGAN, OPERATOR, operatorOf } from '../../../builders/jobs/morning.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { restore } from '../../../builders/restore/restore.ts';

const never = new AbortController().signal;
const E3 = aSkuState().skuId;
const CHAT = 'a:chat-with-megan';
const GIVE: LicenseRequest = { kind: 'assign', userIds: ['joni', 'rick'], skuIds: [E3] };
const TAKE: LicenseRequest = { kind: 'remove', userIds: ['adele'], skuIds: [E3] };

let world: JobWorld;
beforeEach(() => start());
afterEach(() => world.store.close());

async function start(channel = true): Promise<void> {
  world = await aJobWorld({ secondApproverAbove: 0 });
  world.tenant.put(
    aUserState({ id: 'joni', displayName: 'Joni Sherman' }),
    aUserState({ id: 'rick', displayName: 'Rick van Oosterhout' }),
    aUserState({ id: 'adele', displayName: 'Adele Vance', assignments: [anAssignment()] }),
  );
  world.tenant.state = { skus: [aSkuState({ enabled: 20 })], subscriptions: [], groups: [] };
  if (channel) await world.store.conversations.upsert(aChannel());
  await world.store.conversations.upsert({
    ...aChannel(CHAT),
    kind: 'personal',
    name: 'Megan',
    teamId: null,
  });
  await scan(world.context, { kind: 'full' }, never);
}

async function digestOf(request: LicenseRequest): Promise<string> {
  const facts = requestFacts({
    users: await world.store.users.byIds(request.userIds),
    tenant: await world.store.users.tenant(),
    openSteps: await world.store.decisions.openSteps(),
    now: world.clock.now(),
  });
  return planOnRequest(request, facts).view.digest;
}
const ask = async (request: LicenseRequest, by: Person = MEGAN) =>
  changeLicenses(world.context, request, await digestOf(request), by, OPERATOR, { conversationKey: CHAT });
const idOf = (started: Started): string => (started.kind === 'waiting' ? started.asked.id : started.kind);
const confirm = async (id: string, plan: string | null, by: Person = LEE, access: Access = OPERATOR) =>
  confirmAsked(world.context, id, plan, by, access);
const log = async () =>
  (await world.store.decisions.recent(20))
    .toReversed()
    .map(({ kind, by, userIds }) => [kind, by.name, userIds]);
const held = (userId: string) =>
  (world.tenant.people.get(userId)?.assignments ?? []).map(({ skuId }) => skuId);
const told = async () => {
  await deliver(world.context, async () => null);
  return world.notifier.sent.map(({ how, target, message }) =>
    message.kind === 'request'
      ? [how, target, message.view.ended?.how ?? 'waits']
      : [how, target, message.kind === 'notice' ? message.text : ''],
  );
};
const ALERTS = aChannel().key;

describe('licenses that are asked for in words and need a second operator', () => {
  it('are written once another operator confirms, and both stand in the log', async () => {
    const id = idOf(await ask(GIVE));
    await restore(world.context, never);
    expect(world.tenant.written).toEqual([]);
    expect(await confirm(id, await digestOf(GIVE))).toMatchObject({ kind: 'started' });
    await restore(world.context, never);
    expect([held('joni'), held('rick')]).toEqual([[E3], [E3]]);
    expect(await log()).toEqual([
      ['request', 'Megan Bowen', ['joni', 'rick']],
      ['confirm', 'Lee Gu', ['joni', 'rick']],
      ['assign', 'Megan Bowen', ['joni', 'rick']],
    ]);
  });

  it('show one card in the channel, which is edited when it ends, and tell whoever asked', async () => {
    const id = idOf(await ask(GIVE));
    expect(await told()).toEqual([['post', ALERTS, 'waits']]);
    await declineAsked(world.context, id, 'Leavers', LEE, OPERATOR);
    expect(await told()).toEqual([
      ['post', ALERTS, 'waits'],
      ['update', ALERTS, 'declined'],
      ['post', CHAT, 'Lee Gu declined your request to assign Microsoft 365 E3 to 2 users: “Leavers”'],
    ]);
    expect(await log()).toEqual([
      ['request', 'Megan Bowen', ['joni', 'rick']],
      ['decline', 'Lee Gu', ['joni', 'rick']],
    ]);
    expect(await confirm(id, await digestOf(GIVE))).toMatchObject({ kind: 'ended' });
  });

  it('name nobody in a channel where not everybody may see everybody', async () => {
    world.context.settings.channelShowsNames = false;
    await ask(GIVE);
    await told();
    const [{ message } = { message: null }] = world.notifier.sent;
    expect(JSON.stringify(message)).not.toMatch(/Joni|Rick/);
    expect(message).toMatchObject({ view: { what: 'assign Microsoft 365 E3 to 2 users', plan: null } });
  });

  it('are withdrawn by whoever asked, and by nobody else', async () => {
    const id = idOf(await ask(TAKE));
    expect(await withdrawAsked(world.context, id, LEE, OPERATOR)).toMatchObject({ kind: 'refused' });
    expect(await withdrawAsked(world.context, id, MEGAN, OPERATOR)).toMatchObject({ kind: 'ended' });
    expect((await log()).map(([kind, by]) => [kind, by])).toEqual([
      ['request', 'Megan Bowen'],
      ['withdraw', 'Megan Bowen'],
    ]);
    expect((await told()).filter(([, target]) => target === CHAT)).toEqual([]);
  });

  it('expire after a day, which ends in the log and is told to whoever asked', async () => {
    const id = idOf(await ask(TAKE));
    world.clock.advance(DAY_MS - 1);
    expect(await expireRequests(world.context)).toBe(0);
    world.clock.advance(1);
    expect(await confirm(id, await digestOf(TAKE))).toMatchObject({ kind: 'ended' });
    expect(await expireRequests(world.context)).toBe(1);
    expect(await expireRequests(world.context)).toBe(0);
    expect((await log()).map(([kind, by]) => [kind, by])).toEqual([
      ['request', 'Megan Bowen'],
      ['expire', 'License Watch'],
    ]);
    expect((await told()).at(-1)?.[2]).toMatch(
      /^Nobody confirmed your request to remove .* in time, so nothing was changed/,
    );
  });

  it('are not confirmed by whoever asked, nor by somebody who may not act on all of the users', async () => {
    const id = idOf(await ask(GIVE));
    const plan = await digestOf(GIVE);
    expect(await confirm(id, plan, MEGAN)).toMatchObject({ kind: 'own' });
    for (const answer of [
      confirm(id, plan, LEE, operatorOf('joni')),
      declineAsked(world.context, id, null, LEE, operatorOf('joni')),
      withdrawAsked(world.context, id, LEE, operatorOf('joni')),
    ]) {
      expect(await answer).toMatchObject({
        kind: 'beyond',
        reason: expect.stringContaining('1 user outside'),
      });
    }
    expect(await log()).toHaveLength(1);
    expect(await confirm('nothing', plan)).toMatchObject({ kind: 'refused' });
  });

  it('are shown again first when the plan has changed, or when none was shown', async () => {
    const id = idOf(await ask(GIVE));
    const before = await digestOf(GIVE);
    world.tenant.put(aUserState({ id: 'joni', displayName: 'Joni Sherman', assignments: [anAssignment()] }));
    await scan(world.context, { kind: 'full' }, never);
    expect(await confirm(id, null)).toMatchObject({ kind: 'shown', notice: null });
    const shown = await confirm(id, before);
    expect(shown).toMatchObject({ kind: 'shown', notice: expect.stringMatching(/plan has changed/) });
    expect(await log()).toHaveLength(1);
    const digest = shown.kind === 'shown' ? (shown.view.plan?.digest ?? '') : '';
    expect(await confirm(id, digest)).toMatchObject({ kind: 'started' });
    expect((await log()).at(-1)).toEqual(['assign', 'Megan Bowen', ['rick']]);
  });

  it('are asked for once and written once, however many press in the same instant', async () => {
    const asked = await Promise.all([ask(GIVE), ask(GIVE), ask(GIVE)]);
    expect(new Set(asked.map(idOf)).size).toBe(1);
    const [id = ''] = asked.map(idOf);
    const plan = await digestOf(GIVE);
    const pat: Person = { aadObjectId: 'pat', tenantId: null, name: 'Patti Fernandez' };
    const answers = await Promise.all([
      confirm(id, plan),
      confirm(id, plan, pat),
      declineAsked(world.context, id, null, pat, OPERATOR),
    ]);
    expect(answers.map(({ kind }) => kind).toSorted()).toContain('ended');
    expect((await log()).filter(([kind]) => kind === 'request')).toHaveLength(1);
    expect((await log()).filter(([kind]) => kind === 'confirm' || kind === 'decline')).toHaveLength(1);
  });

  it('are shown again, with the button that asks, when one presses to write alone', async () => {
    const pressed = await changeLicenses(world.context, GIVE, await digestOf(GIVE), MEGAN, OPERATOR);
    expect(pressed).toMatchObject({ kind: 'needs-second', asked: { kind: 'assign' } });
    expect(await log()).toEqual([]);
  });

  it('say how a second operator can be asked, where no channel is known', async () => {
    await world.store.close();
    await start(false);
    const alone = await changeLicenses(world.context, GIVE, await digestOf(GIVE), MEGAN, OPERATOR);
    for (const outcome of [alone, await ask(GIVE)]) {
      expect(outcome).toEqual({ kind: 'refused', reason: NO_CHANNEL });
    }
    expect(await log()).toEqual([]);
  });

  it('are taken back the same way', async () => {
    const started = await confirm(idOf(await ask(GIVE)), await digestOf(GIVE));
    const decisionId = started.kind === 'started' ? started.decisionId : '';
    await restore(world.context, never);
    expect(await undoRequest(world.context, decisionId, MEGAN, OPERATOR)).toMatchObject({
      kind: 'needs-second',
      plan: { view: { sentence: '2 users lose Microsoft 365 E3 again.' } },
    });
    const asking = { conversationKey: CHAT };
    const id = idOf(await undoRequest(world.context, decisionId, MEGAN, OPERATOR, asking));
    const shown = await confirm(id, null);
    const digest = shown.kind === 'shown' ? (shown.view.plan?.digest ?? '') : '';
    expect(await confirm(id, digest)).toMatchObject({ kind: 'started' });
    await restore(world.context, never);
    expect([held('joni'), held('rick')]).toEqual([[], []]);
    expect((await log()).at(-1)).toEqual(['undo', 'Megan Bowen', expect.arrayContaining(['joni', 'rick'])]);
    expect(await undoRequest(world.context, decisionId, MEGAN, OPERATOR)).toMatchObject({ kind: 'refused' });
  });
});
