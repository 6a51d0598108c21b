import { afterEach, describe, expect, it } from 'vitest';
import { loadIncidentView } from '../../../../src/answers/incident.ts';
import type { Access } from '../../../../src/domain/access/access.ts';
import type { Person } from '../../../../src/domain/access/person.ts';
import { DAY_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import { decide } from '../../../../src/jobs/decisions/decide.ts';
import { scan } from '../../../../src/jobs/scan/scan.ts';
import { aMorning, LEE, MEGAN, type Morning, OPERATOR, operatorOf } from '../../../builders/jobs/morning.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { restore } from '../../../builders/restore/restore.ts';

const never = new AbortController().signal;

let world: Morning;
afterEach(() => world.store.close());

const id = async () => (await world.incident()).id;
const ask = async (userIds: string[] | null = null, by: Person = MEGAN) =>
  decide(
    world.context,
    { kind: 'reassign', incidentId: await id(), userIds, way: 'as-it-was', plan: null },
    by,
    OPERATOR,
  );
const requestId = async () => (await world.incident()).request?.id ?? 'none';
const confirm = async (
  by: Person = LEE,
  access: Access = OPERATOR,
  request?: string,
  plan: string | null = null,
) =>
  decide(
    world.context,
    { kind: 'confirm', incidentId: await id(), requestId: request ?? (await requestId()), plan },
    by,
    access,
  );
const decline = async (by: Person) =>
  decide(
    world.context,
    { kind: 'decline', incidentId: await id(), requestId: await requestId(), reason: 'Leavers' },
    by,
    OPERATOR,
  );
const kinds = async () => (await world.store.decisions.byIncident(await id())).map(({ kind }) => kind);
const steps = async () => world.store.decisions.steps(await id());

describe('second approval', () => {
  it.each([
    [null, 5, 0],
    [0, 1, 1],
    [4, 5, 1],
    [5, 5, 0],
  ])('with the limit %s and %s users makes %s requests', async (secondApproverAbove, users, requests) => {
    world = await aMorning({ secondApproverAbove });
    const chosen = (await world.incident()).userIds.slice(0, users);
    await ask(chosen);
    expect((await kinds()).filter((kind) => kind === 'request')).toHaveLength(requests);
    expect(await steps()).toHaveLength(requests === 0 ? users : 0);
  });

  it('writes nothing until another operator confirms; both stand in the log', async () => {
    world = await aMorning({ secondApproverAbove: 0 });
    await ask();
    await restore(world.context, never);
    expect(world.tenant.written).toEqual([]);
    expect(await confirm()).toEqual({ kind: 'accepted' });
    expect(await world.store.decisions.byIncident(await id())).toMatchObject([
      { kind: 'request', by: MEGAN },
      { kind: 'confirm', by: LEE },
      { kind: 'reassign', by: MEGAN },
    ]);
    expect(await steps()).toHaveLength(5);
    expect((await world.incident()).request).toBeNull();
  });

  it('is not given by whoever asked', async () => {
    world = await aMorning({ secondApproverAbove: 0 });
    await ask();
    expect(await confirm(MEGAN)).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/second/) });
    expect(await steps()).toEqual([]);
  });

  it('is not given by somebody who may not act on all of the users', async () => {
    world = await aMorning({ secondApproverAbove: 0 });
    await ask();
    expect(await confirm(LEE, operatorOf('user-0'))).toMatchObject({ kind: 'refused' });
    expect(await steps()).toEqual([]);
  });

  it('is given to the plan that was shown, and to no other', async () => {
    world = await aMorning({ secondApproverAbove: 0 });
    await ask();
    const shown = async () =>
      (await loadIncidentView(world.store, await id(), { now: world.clock.now(), sees: null }))?.request
        ?.plan;
    const before = await shown();
    world.tenant.put(aUserState({ id: 'user-0', assignments: [anAssignment()] }));
    await scan(world.context, { kind: 'full' }, never);
    expect(await confirm(LEE, OPERATOR, undefined, before?.digest ?? 'none')).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/plan has changed/),
    });
    expect(await steps()).toEqual([]);
    expect(await confirm(LEE, OPERATOR, undefined, (await shown())?.digest ?? 'none')).toEqual({
      kind: 'accepted',
    });
    expect(await steps()).toHaveLength(4);
  });

  it('is given once, however many confirm in the same instant', async () => {
    world = await aMorning({ secondApproverAbove: 0 });
    await ask();
    const other: Person = { aadObjectId: 'pat', tenantId: null, name: 'Patti Fernandez' };
    const outcomes = await Promise.all([confirm(LEE), confirm(other)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['accepted', 'refused']);
    expect(await steps()).toHaveLength(5);
  });

  it('does not answer another request, or one that was answered', async () => {
    world = await aMorning({ secondApproverAbove: 0 });
    expect(await confirm(LEE, OPERATOR, 'request-9')).toMatchObject({ kind: 'refused' });
    await ask();
    const first = await requestId();
    await confirm();
    expect(await confirm(LEE, OPERATOR, first)).toMatchObject({ kind: 'refused' });
    expect(await steps()).toHaveLength(5);
  });

  it('expires after a day', async () => {
    world = await aMorning({ secondApproverAbove: 0 });
    await ask();
    world.clock.advance(DAY_MS);
    expect(await confirm()).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/not wait/) });
  });

  it('is declined by another, or taken back by whoever asked, and can be asked for again', async () => {
    world = await aMorning({ secondApproverAbove: 0 });
    await ask();
    expect(await ask()).toMatchObject({ kind: 'refused' });
    expect(await decline(LEE)).toEqual({ kind: 'accepted' });
    await ask();
    expect(await decline(MEGAN)).toEqual({ kind: 'accepted' });
    expect(await kinds()).toEqual(['request', 'decline', 'request', 'withdraw']);
    expect(await steps()).toEqual([]);
  });

  it('comes too late for an undo a day after the reassign, however late that was asked for', async () => {
    world = await aMorning();
    await ask();
    await restore(world.context, never);
    world.context.settings.secondApproverAbove = 0;
    world.clock.advance(DAY_MS - MINUTE_MS);
    const [reassign] = await world.store.decisions.byIncident(await id());
    const decisionId = reassign?.id ?? '';
    await decide(world.context, { kind: 'undo', incidentId: await id(), decisionId }, LEE, OPERATOR);
    expect((await world.incident()).request?.expiresAt).toBe((reassign?.at ?? 0) + DAY_MS);
    world.clock.advance(MINUTE_MS);
    expect(await confirm(MEGAN)).toMatchObject({ kind: 'refused' });
  });

  it('is needed for an undo too, which opens a restored incident only when it is confirmed', async () => {
    world = await aMorning({ secondApproverAbove: 0 });
    await ask();
    await confirm();
    await restore(world.context, never);
    expect((await world.incident()).status).toBe('restored');
    const [reassign] = (await world.store.decisions.byIncident(await id())).filter(
      ({ kind }) => kind === 'reassign',
    );
    const decisionId = reassign?.id ?? '';
    await decide(world.context, { kind: 'undo', incidentId: await id(), decisionId }, LEE, OPERATOR);
    expect(await world.incident()).toMatchObject({ status: 'restored', request: { kind: 'undo', by: LEE } });
    expect(await confirm(MEGAN)).toEqual({ kind: 'accepted' });
    expect(await world.incident()).toMatchObject({ status: 'open', request: null });
    await restore(world.context, never);
    expect([...world.tenant.people.values()].flatMap(({ assignments }) => assignments)).toEqual([]);
  });
});
