import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TenantReadError } from '../../../../src/domain/ports.ts';
import type { LicenseRequest } from '../../../../src/domain/restore/requests/on-request.ts';
import { changeLicenses } from '../../../../src/jobs/decisions/change-licenses.ts';
import { outcomeOf } from '../../../../src/jobs/decisions/request-outcome.ts';
import { undoRequest } from '../../../../src/jobs/decisions/undo-request.ts';
import { attributeDue } from '../../../../src/jobs/explain/attribute.ts';
import { scan } from '../../../../src/jobs/scan/scan.ts';
import type { JobWorld } from '../../../builders/jobs/job-context.ts';
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
beforeEach(async () => {
  world = await aTenantWithGroups();
});
afterEach(() => world.store.close());

/** What the store knows of people: what was read, not what was written. */
const read = async () =>
  (await world.store.users.byIds(['adele', 'ben', 'cleo'])).flatMap(({ state }) =>
    state.assignments.map(({ skuId, path }) => `${state.id} ${skuId === E3 ? 'E3' : 'Visio'} ${path}`),
  );
const BEFORE = ['adele E3 lic-e3', 'ben E3 direct'];

const CASES: {
  name: string;
  request: LicenseRequest;
  written: object;
  after: string[];
  says: string;
  undo: string;
  undone: string;
}[] = [
  {
    name: 'somebody put into a group',
    request: JOIN,
    written: { kind: 'add-to-group', userId: 'cleo', groupId: 'lic-e3' },
    after: ['adele E3 lic-e3', 'ben E3 direct', 'cleo E3 lic-e3'],
    says: 'Cleo Maas is in LIC-E3 now. What the group gives follows in the next minutes.',
    undo: 'Undo takes Cleo Maas out of LIC-E3 again',
    undone: 'Cleo Maas is out of LIC-E3 again. What only the group gave goes in the next minutes.',
  },
  {
    name: 'somebody taken out of a group',
    request: LEAVE,
    written: { kind: 'remove-from-group', userId: 'adele', groupId: 'lic-e3' },
    after: ['ben E3 direct'],
    says: 'Adele Vance is out of LIC-E3 now. What only the group gave goes in the next minutes.',
    undo: 'Undo puts Adele Vance back into LIC-E3',
    undone: 'Adele Vance is in LIC-E3 again. What the group gives follows in the next minutes.',
  },
  {
    name: 'a product for a group',
    request: GIVE,
    written: {
      kind: 'license-group',
      groupId: 'all-sales',
      licenses: [{ skuId: VISIO, disabledPlans: [] }],
    },
    after: [
      'adele E3 lic-e3',
      'adele Visio all-sales',
      'ben E3 direct',
      'ben Visio all-sales',
      'cleo Visio all-sales',
    ],
    says: 'All Sales gives Visio Plan 2 now. Its members get it in the next minutes.',
    undo: 'Undo takes Visio Plan 2 from All Sales again, and so from its members',
    undone:
      'All Sales no longer gives Visio Plan 2. Its members lose it in the next minutes, where nothing else gives it.',
  },
  {
    name: 'a product that a group gives no more',
    request: STOP,
    written: { kind: 'unlicense-group', groupId: 'lic-e3', skuIds: [E3] },
    after: ['ben E3 direct'],
    says: 'LIC-E3 no longer gives Microsoft 365 E3. Its members lose it in the next minutes, where nothing else gives it.',
    undo: 'Undo lets LIC-E3 give Microsoft 365 E3 again, with the same services as before',
    undone: 'LIC-E3 gives Microsoft 365 E3 again. Its members get it in the next minutes.',
  },
];

describe.each(CASES)('$name', ({ request, written, after, says, undo, undone }) => {
  it('is one write, is read again, and an undo leaves all as it was', async () => {
    const id = decisionOf(await pressed(world, request));
    await restore(world.context, never);
    expect(world.tenant.written).toEqual([written]);
    expect((await read()).sort()).toEqual(after.sort());
    const outcome = await outcomeOf(world.context, id, 1_000);
    expect(outcome.sentence).toBe(says);
    expect(outcome.undo?.sentence).toBe(undo);

    const back = decisionOf(await undoRequest(world.context, id, LEE, OPERATOR));
    await restore(world.context, never);
    expect((await read()).sort()).toEqual(BEFORE);
    expect((await outcomeOf(world.context, back, 1_000)).sentence).toBe(undone);
    const members = world.tenant.state.groups.map((group) => group.assignedLicenses);
    expect(members).toEqual([[{ skuId: E3, disabledPlans: [SWAY] }], []]);
  });

  it('is read again until it shows, where Microsoft takes its time with groups', async () => {
    world.tenant.slowGroups = true;
    await pressed(world, request);
    await restore(world.context, never);
    expect((await read()).sort()).toEqual(BEFORE);
    world.tenant.processGroups();
    world.clock.advance(16_000);
    await restore(world.context, never);
    expect((await read()).sort()).toEqual(after.sort());
  });

  it('alerts nobody, as it was our own work', async () => {
    await pressed(world, request);
    await restore(world.context, never);
    await world.clock.sleep(60_000);
    await scan(world.context, { kind: 'full' }, never);
    await attributeDue(world.context);
    expect(await world.store.incidents.open()).toEqual([]);
  });

  it('stands in the log, with who decided it and the group as it was called', async () => {
    await pressed(world, request);
    const users = 'userIds' in request && request.userIds.length > 0 ? request.userIds : undefined;
    expect(await world.store.decisions.recent(1)).toMatchObject([
      {
        kind: request.kind,
        by: MEGAN,
        ...(users ? { userIds: users } : {}),
        group: { id: request.groupId, name: request.groupId === 'lic-e3' ? 'LIC-E3' : 'All Sales' },
      },
    ]);
  });

  it('is not written where the directory does not answer', async () => {
    const digest = await digestOf(world, request);
    world.tenant.failure = new TenantReadError('forbidden', 'Grant it Group.Read.All.');
    const started = await changeLicenses(world.context, request, digest, MEGAN, OPERATOR);
    expect(started).toMatchObject({
      kind: 'refused',
      reason: 'I cannot look at the group now, so nothing was changed. Grant it Group.Read.All.',
    });
    expect(await world.store.decisions.recent(1)).toEqual([]);
  });
});

describe('what was planned', () => {
  it('is not written where the group has other members by then', async () => {
    const digest = await digestOf(world, GIVE);
    world.tenant.members.get('all-sales')?.delete('cleo');
    const started = await changeLicenses(world.context, GIVE, digest, MEGAN, OPERATOR);
    expect(started.kind).toBe('refused');
    expect(await world.store.decisions.recent(1)).toEqual([]);
  });

  it('does not touch a group that has become dynamic', async () => {
    const digest = await digestOf(world, JOIN);
    const { groups } = world.tenant.state;
    world.tenant.state = {
      ...world.tenant.state,
      groups: groups.map((group) => ({ ...group, dynamic: true })),
    };
    const started = await changeLicenses(world.context, JOIN, digest, MEGAN, OPERATOR);
    expect(started).toMatchObject({ kind: 'refused' });
    expect(world.tenant.written).toEqual([]);
  });
});

describe('somebody who acts on some users only', () => {
  const cleos = operatorOf('cleo');

  it('puts one of them into a group', async () => {
    const started = await changeLicenses(world.context, JOIN, await digestOf(world, JOIN), MEGAN, cleos);
    expect(started.kind).toBe('started');
  });

  it.each([
    ['a user elsewhere', LEAVE, /^This concerns 1 user outside/],
    ['what a group gives', GIVE, /^What a group gives concerns everybody who joins it/],
    ['what a group no longer gives', STOP, /^What a group gives concerns everybody who joins it/],
  ])('may not decide about %s', async (_name, request, why) => {
    const started = await changeLicenses(
      world.context,
      request,
      await digestOf(world, request),
      MEGAN,
      cleos,
    );
    expect(started).toMatchObject({ kind: 'refused', reason: expect.stringMatching(why) });
    expect(await world.store.decisions.recent(1)).toEqual([]);
  });

  it('may not take back what somebody let a group give', async () => {
    const id = decisionOf(await pressed(world, GIVE));
    await restore(world.context, never);
    const all = operatorOf('adele', 'ben', 'cleo');
    expect(await undoRequest(world.context, id, MEGAN, all)).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/^What a group gives/),
    });
  });
});
