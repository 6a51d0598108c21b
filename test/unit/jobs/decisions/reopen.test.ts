import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Access } from '../../../../src/domain/access/access.ts';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import type { DecisionRequest } from '../../../../src/domain/incident/decision.ts';
import { decide } from '../../../../src/jobs/decisions/decide.ts';
import { aMorning, LEE, MEGAN, type Morning, OPERATOR, operatorOf } from '../../../builders/jobs/morning.ts';

const RUNBOOK = { kind: 'app', id: 'sp-leavers', name: 'Leaver runbook' } as const;

let world: Morning;
beforeEach(async () => {
  world = await aMorning();
});
afterEach(() => world.store.close());

const now = () => world.clock.now();
/** A press on the card of the incident. */
const press = async (
  request: { kind: string } & Record<string, unknown>,
  access: Access = OPERATOR,
  by = MEGAN,
) =>
  decide(
    world.context,
    { incidentId: (await world.incident()).id, ...request } as unknown as DecisionRequest,
    by,
    access,
  );
const approve = (ruleUntil: number | null = null) => press({ kind: 'approve', reason: 'leaver', ruleUntil });
const reopen = (access?: Access) => press({ kind: 'reopen', reason: 'They are no leavers' }, access, LEE);
const log = async () => world.store.decisions.byIncident((await world.incident()).id);

describe('an approval that is taken back', () => {
  it('opens the incident and its card again, and says who and why', async () => {
    await approve();
    const { revision } = await world.incident();
    expect(await reopen()).toEqual({ kind: 'accepted' });
    expect(await world.incident()).toMatchObject({ status: 'open', revision: revision + 1 });
    expect((await log()).at(-1)).toMatchObject({ kind: 'reopen', by: LEE, reason: 'They are no leavers' });
    expect(await press({ kind: 'reassign', userIds: null, way: 'as-it-was', plan: null })).toEqual({
      kind: 'accepted',
    });
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['reopened', () => reopen(), 'reopen'],
    [
      'reassigned after all',
      () => press({ kind: 'reassign', userIds: null, way: 'as-it-was', plan: null }, OPERATOR, LEE),
      'reopen',
    ],
  ])('ends the rule that it made when it is %s', async (_name, takeBack, kind) => {
    const incident = await world.incident();
    await world.store.incidents.commit({
      incidents: [
        {
          ...incident,
          actor: RUNBOOK,
          cause: 'automation',
          level: 'proved',
          groupId: 'lic-leavers',
          revision: incident.revision + 1,
        },
      ],
      verdicts: [],
      settled: [],
      outbox: [],
    });
    await approve(now() + 30 * DAY_MS);
    await takeBack();
    expect(await world.store.suppression.rules()).toMatchObject([{ endedAt: now(), endedBy: LEE }]);
    expect((await log()).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['approve', 'make-rule', kind, 'end-rule']),
    );
  });

  it.each([
    ['a day later still', DAY_MS, 'accepted'],
    ['more than a day later no more', DAY_MS + 1, 'refused'],
  ])('%s', async (_, after, outcome) => {
    await approve();
    world.clock.advance(after);
    expect((await reopen()).kind).toBe(outcome);
  });

  it('is refused to somebody who may not act on all of its users', async () => {
    await approve();
    expect(await reopen(operatorOf('user-0', 'user-1'))).toMatchObject({ kind: 'refused' });
    expect((await world.incident()).status).toBe('approved');
  });

  it('is refused where nothing was approved, and the second time', async () => {
    expect(await reopen()).toMatchObject({
      kind: 'refused',
      reason: 'This incident is open: there is no approval to take back.',
    });
    await approve();
    await reopen();
    expect(await reopen()).toMatchObject({ kind: 'refused' });
  });
});

describe('what was approved', () => {
  it('can be given back at any time, and the log says that the approval was taken back', async () => {
    await approve();
    world.clock.advance(10 * DAY_MS);
    expect(await press({ kind: 'reassign', userIds: null, way: 'as-it-was', plan: null })).toEqual({
      kind: 'accepted',
    });
    expect((await world.incident()).status).toBe('open');
    expect((await log()).map(({ kind }) => kind)).toEqual(['approve', 'reopen', 'reassign']);
    expect(await world.store.decisions.openSteps()).toHaveLength(5);
  });
});

describe('while a request waits for a second operator', () => {
  it.each([
    { kind: 'approve', reason: 'leaver', ruleUntil: null },
    { kind: 'snooze', until: Date.UTC(2026, 11, 24), reason: 'later', about: 'incident' },
  ])('$kind is refused and drops nothing', async (request) => {
    await world.store.close();
    world = await aMorning({ secondApproverAbove: 0 });
    await press({ kind: 'reassign', userIds: null, way: 'as-it-was', plan: null });
    const waiting = (await world.incident()).request;
    const until = now() + DAY_MS;
    const decided = await press({ ...request, ...('until' in request ? { until } : {}) }, OPERATOR, LEE);
    expect(decided).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('waits for a second operator'),
    });
    expect((await world.incident()).request).toEqual(waiting);
  });
});
