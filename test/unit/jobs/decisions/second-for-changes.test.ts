import { afterEach, describe, expect, it } from 'vitest';
import type { LicenseRequest } from '../../../../src/domain/restore/requests/on-request.ts';
import { confirmAsked, declineAsked } from '../../../../src/jobs/decisions/answer-asked.ts';
import { changeLicenses } from '../../../../src/jobs/decisions/change-licenses.ts';
import { undoRequest } from '../../../../src/jobs/decisions/undo-request.ts';
import { deliver } from '../../../../src/jobs/delivery/deliver.ts';
import { aChannel, type JobWorld } from '../../../builders/jobs/job-context.ts';
import { LEE, MEGAN, OPERATOR, operatorOf } from '../../../builders/jobs/morning.ts';
import {
  aTenantWithGroups,
  decisionOf,
  digestOf,
  E3,
  pressed,
  SWAY,
  VISIO,
} from '../../../builders/restore/group-request.ts';
import { restore } from '../../../builders/restore/restore.ts';

const never = new AbortController().signal;
const CHAT = 'a:chat-with-megan';
const SWAP: LicenseRequest = { kind: 'swap', userIds: ['ben'], skuIds: [E3, VISIO] };
const OFF: LicenseRequest = { kind: 'turn-off', userIds: ['ben'], skuIds: [E3], planIds: [SWAY] };
const JOIN: LicenseRequest = { kind: 'add-to-group', userIds: ['cleo'], skuIds: [], groupId: 'lic-e3' };
const LEAVE: LicenseRequest = {
  kind: 'remove-from-group',
  userIds: ['adele'],
  skuIds: [],
  groupId: 'lic-e3',
};
const GIVE: LicenseRequest = { kind: 'license-group', userIds: [], skuIds: [VISIO], groupId: 'all-sales' };
const STOP: LicenseRequest = { kind: 'unlicense-group', userIds: [], skuIds: [E3], groupId: 'lic-e3' };

let world: JobWorld;
afterEach(() => world.store.close());

async function start(secondApproverAbove: number): Promise<void> {
  world = await aTenantWithGroups({ secondApproverAbove });
  await world.store.conversations.upsert(aChannel());
  await world.store.conversations.upsert({
    ...aChannel(CHAT),
    kind: 'personal',
    name: 'Megan',
    teamId: null,
  });
}

const ask = async (request: LicenseRequest) =>
  changeLicenses(world.context, request, await digestOf(world, request), MEGAN, OPERATOR, {
    conversationKey: CHAT,
  });
const log = async () =>
  (await world.store.decisions.recent(20)).toReversed().map(({ kind, by }) => [kind, by.name]);
const notices = async () => {
  await deliver(world.context, async () => null);
  return world.notifier.sent.flatMap(({ message }) => (message.kind === 'notice' ? [message.text] : []));
};

const CASES: [kind: LicenseRequest['kind'], request: LicenseRequest, what: string, action: string][] = [
  ['swap', SWAP, 'move 1 user from Microsoft 365 E3 to Visio Plan 2', 'swap'],
  ['turn-off', OFF, 'switch service plans of Microsoft 365 E3 off for 1 user', 'assign'],
  ['add-to-group', JOIN, 'put 1 user into LIC-E3', 'add-to-group'],
  ['remove-from-group', LEAVE, 'take 1 user out of LIC-E3', 'remove-from-group'],
  ['license-group', GIVE, 'assign Visio Plan 2 to the group All Sales with 3 users', 'license-group'],
  ['unlicense-group', STOP, 'remove Microsoft 365 E3 from the group LIC-E3 with 1 user', 'unlicense-group'],
];

describe.each(CASES)('%s where a second operator is needed', (kind, request, what, action) => {
  it('is written once another operator confirms it, and both stand in the log', async () => {
    await start(0);
    expect(await pressed(world, request)).toMatchObject({ kind: 'needs-second' });
    const waiting = await ask(request);
    if (waiting.kind !== 'waiting') throw new Error(waiting.kind);
    await restore(world.context, never);
    expect(world.tenant.written).toEqual([]);
    const digest = await digestOf(world, request);
    const confirmed = await confirmAsked(world.context, waiting.asked.id, digest, LEE, OPERATOR);
    expect(confirmed).toMatchObject({ kind: 'started' });
    await restore(world.context, never);
    expect(world.tenant.written.map((one) => one.kind)).toEqual([action]);
    expect(await log()).toEqual([
      ['request', 'Megan Bowen'],
      ['confirm', 'Lee Gu'],
      [kind, 'Megan Bowen'],
    ]);
    expect(await notices()).toEqual([`Lee Gu confirmed your request to ${what}.`]);
  });

  it('is not confirmed by anybody who asked, and is over once it is declined', async () => {
    await start(0);
    const waiting = await ask(request);
    if (waiting.kind !== 'waiting') throw new Error(waiting.kind);
    const digest = await digestOf(world, request);
    const { id } = waiting.asked;
    expect(await confirmAsked(world.context, id, digest, MEGAN, OPERATOR)).toMatchObject({ kind: 'own' });
    await declineAsked(world.context, id, 'No', LEE, OPERATOR);
    expect(await confirmAsked(world.context, id, digest, LEE, OPERATOR)).toMatchObject({ kind: 'ended' });
    await restore(world.context, never);
    expect(world.tenant.written).toEqual([]);
    expect(await notices()).toEqual([`Lee Gu declined your request to ${what}: “No”`]);
  });

  it('needs a second operator to be undone as well', async () => {
    await start(10);
    const id = decisionOf(await pressed(world, request));
    await restore(world.context, never);
    world.context.settings.secondApproverAbove = 0;
    expect(await undoRequest(world.context, id, MEGAN, OPERATOR)).toMatchObject({ kind: 'needs-second' });
    const waiting = await undoRequest(world.context, id, MEGAN, OPERATOR, { conversationKey: CHAT });
    if (waiting.kind !== 'waiting') throw new Error(waiting.kind);
    const shown = await confirmAsked(world.context, waiting.asked.id, null, LEE, OPERATOR);
    const plan = shown.kind === 'shown' ? (shown.view.plan?.digest ?? '') : shown.kind;
    await confirmAsked(world.context, waiting.asked.id, plan, LEE, OPERATOR);
    await restore(world.context, never);
    expect(world.tenant.written).toHaveLength(2);
  });
});

describe('a product for a group', () => {
  it('counts with everybody who is in the group', async () => {
    await start(2);
    expect(await pressed(world, GIVE)).toMatchObject({ kind: 'needs-second' });
    await start(3);
    expect(await pressed(world, GIVE)).toMatchObject({ kind: 'started' });
  });

  it('counts against what one person may write in an hour', async () => {
    await start(3);
    world.tenant.members.set('lic-e3', new Set(['adele', 'dora']));
    decisionOf(await pressed(world, GIVE));
    await restore(world.context, never);
    expect(await pressed(world, JOIN)).toMatchObject({ kind: 'started' });
    await restore(world.context, never);
    expect(await pressed(world, STOP)).toMatchObject({ kind: 'needs-second' });
  });

  it('is not confirmed by somebody who may act on all of its members, but not on everybody', async () => {
    await start(0);
    const waiting = await ask(GIVE);
    if (waiting.kind !== 'waiting') throw new Error(waiting.kind);
    const digest = await digestOf(world, GIVE);
    const all = operatorOf('adele', 'ben', 'cleo');
    expect(await confirmAsked(world.context, waiting.asked.id, digest, LEE, all)).toMatchObject({
      kind: 'beyond',
    });
  });

  it('is shown to the second operator again where the group has other members by then', async () => {
    await start(0);
    const waiting = await ask(GIVE);
    if (waiting.kind !== 'waiting') throw new Error(waiting.kind);
    const digest = await digestOf(world, GIVE);
    world.tenant.members.get('all-sales')?.delete('ben');
    expect(await confirmAsked(world.context, waiting.asked.id, digest, LEE, OPERATOR)).toMatchObject({
      kind: 'shown',
      view: { plan: { sentence: expect.stringContaining('2 users') } },
    });
  });
});
