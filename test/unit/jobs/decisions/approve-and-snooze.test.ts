import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Access } from '../../../../src/domain/access/access.ts';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import type { DecisionRequest } from '../../../../src/domain/incident/decision.ts';
import type { Incident } from '../../../../src/domain/incident/incident.ts';
import { decide } from '../../../../src/jobs/decisions/decide.ts';
import {
  aMorning,
  MEGAN,
  type Morning,
  OPERATOR,
  operatorOf,
  VICTIMS,
} from '../../../builders/jobs/morning.ts';

const RUNBOOK = { kind: 'app', id: 'sp-leavers', name: 'Leaver runbook' } as const;

let world: Morning;
beforeEach(async () => {
  world = await aMorning();
});
afterEach(() => world.store.close());

type Own<Kind> = Omit<Extract<DecisionRequest, { kind: Kind }>, 'incidentId' | 'kind'>;
const now = () => world.clock.now();
const approve = async (over: Partial<Own<'approve'>> = {}, access: Access = OPERATOR) =>
  decide(
    world.context,
    { kind: 'approve', incidentId: (await world.incident()).id, reason: 'leaver', ruleUntil: null, ...over },
    MEGAN,
    access,
  );
const snooze = async (over: Partial<Own<'snooze'>> = {}, access: Access = OPERATOR) =>
  decide(
    world.context,
    {
      kind: 'snooze',
      incidentId: (await world.incident()).id,
      until: now() + DAY_MS,
      reason: 'known',
      about: 'incident',
      ...over,
    },
    MEGAN,
    access,
  );
/** Late evidence has found who it was. */
const explained = async (over: Partial<Incident>) => {
  const incident = await world.incident();
  await world.store.incidents.commit({
    incidents: [{ ...incident, ...over, revision: incident.revision + 1 }],
    verdicts: [],
    settled: [],
    outbox: [],
  });
};

describe('approve', () => {
  it('closes the incident and keeps who, when and why', async () => {
    expect(await approve()).toEqual({ kind: 'accepted' });
    const { status, id } = await world.incident();
    expect(status).toBe('approved');
    expect(await world.store.decisions.byIncident(id)).toMatchObject([
      { kind: 'approve', by: MEGAN, at: now(), reason: 'leaver' },
    ]);
    expect(await approve()).toMatchObject({ kind: 'refused', reason: 'This incident is approved already.' });
  });

  it('becomes a rule for what the same app does from then on', async () => {
    await explained({ actor: RUNBOOK, cause: 'automation', level: 'proved', groupId: 'lic-leavers' });
    expect(await approve({ ruleUntil: now() + 90 * DAY_MS })).toEqual({ kind: 'accepted' });
    const [rule] = await world.store.suppression.rules();
    expect(rule).toMatchObject({
      by: MEGAN,
      reason: 'leaver',
      until: now() + 90 * DAY_MS,
      maxUsers: 10,
      match: {
        kind: 'lost',
        cause: 'automation',
        actorId: 'sp-leavers',
        groupId: 'lic-leavers',
        skuIds: null,
      },
    });
    expect(await world.incident()).toMatchObject({ hiddenByRuleId: null, exceededRuleId: null });
    expect((await world.store.decisions.recent(2)).map(({ kind }) => kind)).toEqual(['make-rule', 'approve']);
  });

  it.each<[string, Partial<Incident>, number, Access, RegExp]>([
    ['of what nobody is known to have done', {}, 30, OPERATOR, /cannot make a rule/],
    ['that ended before', { actor: RUNBOOK }, -1, OPERATOR, /must lie ahead/],
    ['for years', { actor: RUNBOOK }, 800, OPERATOR, /a year at most/],
    ['by somebody who may not act on everybody', { actor: RUNBOOK }, 30, operatorOf(...VICTIMS), /all users/],
  ])('makes no rule %s', async (_what, over, days, access, reason) => {
    await explained(over);
    const outcome = await approve({ ruleUntil: now() + days * DAY_MS }, access);
    expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) });
    expect(await world.store.suppression.rules()).toEqual([]);
    expect((await world.incident()).status).toBe('open');
  });

  it('is refused to somebody who may act on some of the users only', async () => {
    expect(await approve({}, operatorOf('user-0'))).toMatchObject({ kind: 'refused' });
  });

  it('waits until a reassign is carried out', async () => {
    await decide(
      world.context,
      {
        kind: 'reassign',
        incidentId: (await world.incident()).id,
        userIds: null,
        way: 'as-it-was',
        plan: null,
      },
      MEGAN,
      OPERATOR,
    );
    expect(await approve()).toMatchObject({ reason: expect.stringMatching(/being carried out/) });
  });
});

describe('snooze', () => {
  it.each([
    ['incident', []],
    ['users', VICTIMS.map((id) => ({ kind: 'user', id }))],
    ['skus', [{ kind: 'sku', id: '05e9a617-0261-4cee-bb44-138d3ef5d965' }]],
  ] as const)('of the %s silences it, and what it is about', async (about, subjects) => {
    expect(await snooze({ about })).toEqual({ kind: 'accepted' });
    expect(await world.incident()).toMatchObject({ snoozedUntil: now() + DAY_MS, snoozeReason: 'known' });
    const silences = await world.store.suppression.silences(now());
    const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
    expect(silences.map(({ subject }) => subject).sort(byId)).toEqual(subjects);
  });

  it.each<[string, Partial<Own<'snooze'>>, Access, RegExp]>([
    ['that is over', { until: 0 }, OPERATOR, /must lie ahead/],
    ['for a year', { until: Date.parse('2027-11-23') }, OPERATOR, /three months/],
    ['of a group that the incident does not have', { about: 'group' }, OPERATOR, /nothing of that kind/],
    ['of a product by somebody with some users', { about: 'skus' }, operatorOf(...VICTIMS), /units/],
    ['of users outside the units', {}, operatorOf('user-0'), /4 users outside/],
  ])('refuses one %s', async (_what, over, access, reason) => {
    expect(await snooze(over, access)).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(reason),
    });
    expect((await world.incident()).snoozedUntil).toBeNull();
  });

  it('is ended before its time', async () => {
    const wake = async () =>
      decide(world.context, { kind: 'wake', incidentId: (await world.incident()).id }, MEGAN, OPERATOR);
    expect(await wake()).toMatchObject({ kind: 'refused' });
    await snooze();
    expect(await wake()).toEqual({ kind: 'accepted' });
    expect((await world.incident()).snoozedUntil).toBeNull();
  });
});
