import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import type { WriteOutcome } from '../../../src/domain/ports.ts';
import type { StepAction } from '../../../src/domain/restore/step.ts';
import { aConnectedTenant, type TenantUnderTest } from './a-connected-tenant.ts';

const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';

const DONE: WriteOutcome = { ok: true, changed: true };
const ALREADY: WriteOutcome = { ok: true, changed: false };

let world: TenantUnderTest;
beforeEach(async () => {
  world = await aConnectedTenant();
});
afterEach(() => world.close());

const write = (...actions: StepAction[]) => world.connected.writer.write(actions);
const standing = (...actions: StepAction[]) => world.connected.writer.alreadyApplied(actions);

describe('what may pass', () => {
  it('tells of a throttled write how long Microsoft asks to wait, and does not try again by itself', async () => {
    world.tenant.act({ kind: 'set-seats', sku: 'VISIOCLIENT', seats: 10 });
    const effect = { kind: 'status', status: 429, retryAfter: '2.128' } as const;
    world.tenant.fault({ method: 'POST', path: `/users/${world.user('alexw')}/assign`, times: 1, effect });
    const outcomes = await write(world.assign('alexw', VISIO), world.assign('jonis', VISIO));
    expect(outcomes).toMatchObject([
      { ok: false, retryable: true, code: 'throttled', retryAfterMs: 2128 },
      DONE,
    ]);
    expect(world.clock.pauses).toEqual([]);
    expect(await write(world.assign('alexw', VISIO))).toEqual([DONE]);
  });

  it('meets the write limit in the middle of a batch', async () => {
    world.tenant.behave({ writeLimit: 2 });
    const actions = ['alexw', 'jonis', 'miriamg'].map((name) =>
      world.member('add-to-group', name, 'Sales Benelux'),
    );
    const outcomes = await write(...actions);
    expect(outcomes).toMatchObject([DONE, DONE, { code: 'throttled', retryAfterMs: 150_000 }]);
    world.clock.advance(150_000);
    expect(await write(...actions.slice(2))).toEqual([DONE]);
  });

  it.each([
    [409, 'server-error'],
    [424, 'throttled'],
    [500, 'server-error'],
    [503, 'server-error'],
    [504, 'server-error'],
  ])('can be tried again after an inner %i', async (status, code) => {
    const effect = { kind: 'status', status } as const;
    world.tenant.fault({ method: 'POST', path: '/members/', times: 1, effect });
    expect(await write(world.member('add-to-group', 'alexw', 'LIC-E3'))).toMatchObject([
      { ok: false, retryable: true, code, retryAfterMs: null },
    ]);
  });

  it.each([
    [429, 'throttled'],
    [503, 'server-error'],
    [504, 'server-error'],
  ])('can be tried again, all of it, when the batch is answered %i', async (status, code) => {
    const effect = { kind: 'status', status, retryAfter: '7' } as const;
    world.tenant.fault({ method: 'POST', path: '$batch', times: 1, effect });
    const actions = ['alexw', 'jonis'].map((name) => world.member('add-to-group', name, 'Sales Benelux'));
    const expected = { ok: false, retryable: true, code, retryAfterMs: 7000 };
    expect(await write(...actions)).toMatchObject([expected, expected]);
    expect(world.carriedOut()).toEqual([]);
  });

  it('is an account that was restored a moment ago', async () => {
    const userId = world.user('rick');
    world.tenant.behave({ restoreLagMs: MINUTE_MS });
    world.tenant.act({ kind: 'delete-user', users: [userId] });
    expect(await write({ kind: 'restore-account', userId })).toEqual([DONE]);
    const later: StepAction[] = [
      { kind: 'assign', userId, licenses: [{ skuId: VISIO, disabledPlans: [] }] },
      { kind: 'add-to-group', userId, groupId: world.group('LIC-PowerBI Finance') },
    ];
    const unknown = { ok: false, retryable: true, code: 'server-error' };
    expect(await write(...later)).toMatchObject([unknown, unknown]);
    world.clock.advance(MINUTE_MS);
    expect(await write(...later)).toEqual([DONE, DONE]);
  });

  it('is a user whom only some places know', async () => {
    const effect = { kind: 'status', status: 404, code: 'Request_ResourceNotFound' } as const;
    world.tenant.fault({ method: 'POST', path: '/members/', times: 1, effect });
    expect(await write(world.member('add-to-group', 'alexw', 'LIC-E3'))).toMatchObject([
      { ok: false, retryable: true, code: 'server-error' },
    ]);
  });

  it('is a sign-in that ran out: it is renewed, and what was not let in is sent again', async () => {
    await write(world.member('add-to-group', 'alexw', 'LIC-E3'));
    world.tenant.expire('access-tokens');
    expect(await write(world.member('add-to-group', 'will.power', 'LIC-E3'))).toEqual([DONE]);
    expect(world.carriedOut()).toHaveLength(2);
  });

  it('is not a sign-in that Microsoft refuses', async () => {
    world.tenant.fault({ method: 'POST', path: '$batch', effect: { kind: 'status', status: 401 } });
    expect(await write(world.member('add-to-group', 'alexw', 'LIC-E3'))).toMatchObject([
      { ok: false, retryable: false, code: 'refused', message: expect.stringContaining('credential') },
    ]);
  });
});

describe('when the answer to a batch is lost', () => {
  const actions = (): StepAction[] => [
    world.member('add-to-group', 'alexw', 'LIC-E3'),
    world.member('remove-from-group', 'jonis', 'LIC-E3'),
  ];
  const loses = [
    ['cut', { kind: 'cut' }],
    ['not JSON', { kind: 'malformed' }],
    ['without an end', { kind: 'stall' }],
    ['504 although it was done', { kind: 'status', status: 504, carriedOut: true }],
  ] as const;

  it.each(loses)('%s: nothing is sent twice, and a look shows that it stands', async (_what, effect) => {
    world.tenant.fault({ method: 'POST', path: '$batch', times: 1, effect });
    const outcomes = await write(...actions());
    for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: false, retryable: true });
    expect(world.carriedOut()).toHaveLength(2);
    expect(await standing(...actions())).toEqual([true, true]);
  });

  it.each(loses)('%s: what is sent again all the same changes nothing', async (_what, effect) => {
    world.tenant.fault({ method: 'POST', path: '$batch', times: 1, effect });
    await write(...actions());
    expect(await write(...actions())).toEqual([ALREADY, ALREADY]);
    expect(world.carriedOut()).toHaveLength(2);
  });
});
