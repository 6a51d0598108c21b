import { afterEach, describe, expect, it } from 'vitest';
import type { Access } from '../../../../src/domain/access/access.ts';
import type { DecisionRequest } from '../../../../src/domain/incident/decision.ts';
import { decide } from '../../../../src/jobs/decisions/decide.ts';
import {
  aMorning,
  LEE,
  MEGAN,
  type Morning,
  OPERATOR,
  operatorOf,
  TEAMS_PLAN,
  VICTIMS,
} from '../../../builders/jobs/morning.ts';

let world: Morning;
afterEach(() => world.store.close());

type Over = Partial<Extract<DecisionRequest, { kind: 'reassign' }>>;
const press = async (over: Over = {}, access: Access = OPERATOR, by = MEGAN) =>
  decide(
    world.context,
    {
      kind: 'reassign',
      incidentId: (await world.incident()).id,
      userIds: null,
      way: 'as-it-was',
      plan: null,
      ...over,
    },
    by,
    access,
  );
const log = async () => world.store.decisions.byIncident((await world.incident()).id);
const planned = async () => world.store.decisions.steps((await world.incident()).id);

describe('reassign', () => {
  it('stores who decided, and each step with what takes it back, before anything is written', async () => {
    world = await aMorning();
    expect(await press()).toEqual({ kind: 'accepted' });
    expect(await log()).toMatchObject([{ kind: 'reassign', by: MEGAN, userIds: VICTIMS, way: 'as-it-was' }]);
    const steps = await planned();
    expect(steps.map(({ userIds }) => userIds)).toEqual(VICTIMS.map((id) => [id]));
    expect(steps[0]).toMatchObject({
      action: { kind: 'assign', licenses: [{ disabledPlans: [TEAMS_PLAN] }] },
      undo: { kind: 'unassign' },
      status: 'planned',
    });
    expect(world.tenant.written).toEqual([]);
  });

  it.each([
    { who: 'one of the incident', userIds: ['user-1'] },
    { who: 'somebody else', userIds: ['stranger'] },
  ])('answers the same about $who outside the scope', async ({ userIds }) => {
    world = await aMorning();
    expect(await press({ userIds }, operatorOf('user-0'))).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/1 user outside your administrative units/),
    });
  });

  it('says so to somebody who sees everybody and may act on nobody of the incident', async () => {
    world = await aMorning();
    const access: Access = { role: 'operator', sees: null, acts: new Set(['stranger']) };
    expect(await press({}, access)).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/None of these users is in your administrative units/),
    });
  });

  it('changes nothing at a second press while the first is carried out', async () => {
    world = await aMorning();
    await press();
    expect(await press({}, OPERATOR, LEE)).toMatchObject({ kind: 'refused' });
    expect(await log()).toHaveLength(1);
    expect(await planned()).toHaveLength(VICTIMS.length);
  });

  it('takes one of two presses in the same instant', async () => {
    world = await aMorning();
    const outcomes = await Promise.all([press(), press({}, OPERATOR, LEE)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['accepted', 'refused']);
    expect(await planned()).toHaveLength(VICTIMS.length);
  });

  it.each<[string, Over, Access, RegExp]>([
    ['a user of another incident', { userIds: ['user-9'] }, OPERATOR, /do not belong/],
    ['a plan that is not the one shown', { plan: '0'.repeat(64) }, OPERATOR, /plan has changed/],
    ['a plan shown before an upgrade', { plan: '0123456789abcdef' }, OPERATOR, /press again/],
    ['a user outside the units', { userIds: ['user-0', 'user-1'] }, operatorOf('user-0'), /1 user outside/],
    ['an incident of which nobody is in the units', {}, operatorOf('user-9'), /do not know/],
    ['an incident that nobody knows', { incidentId: 'other' }, OPERATOR, /do not know/],
  ])('refuses %s, and stores nothing', async (_what, over, access, reason) => {
    world = await aMorning();
    const outcome = await press(over, access);
    expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) });
    expect(await log()).toEqual([]);
    expect(await planned()).toEqual([]);
  });

  it('gives back to the users of the units only, whoever else the incident has', async () => {
    world = await aMorning();
    expect(await press({}, operatorOf('user-1', 'user-3', 'user-9'))).toEqual({ kind: 'accepted' });
    expect((await planned()).flatMap(({ userIds }) => userIds)).toEqual(['user-1', 'user-3']);
    expect(await log()).toMatchObject([{ userIds: ['user-1', 'user-3'] }]);
  });

  it('says what is in the way when nothing can be done', async () => {
    world = await aMorning();
    const [sku] = world.tenant.state.skus;
    if (!sku) throw new Error('no product');
    world.tenant.state = { ...world.tenant.state, skus: [{ ...sku, capabilityStatus: 'Suspended' }] };
    const { scan } = await import('../../../../src/jobs/scan/scan.ts');
    await scan(world.context, { kind: 'full' }, new AbortController().signal);
    const open = await world.store.incidents.open();
    const incident = open.find(({ kind }) => kind === 'lost');
    const outcome = await press({ incidentId: incident?.id ?? '' });
    expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/subscription|renew/i) });
  });
});
