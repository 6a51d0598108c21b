import { afterEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import type { DecisionRequest } from '../../../src/domain/incident/decision.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import { decide } from '../../../src/jobs/decisions/decide.ts';
import { escalate } from '../../../src/jobs/upkeep/escalate.ts';
import { aChannel, routesFrom } from '../../builders/jobs/job-context.ts';
import { LEE, MEGAN, OPERATOR, operatorOf } from '../../builders/jobs/morning.ts';
import { AWAY, DeliveringWorld } from './a-delivering-world.ts';

const SECURITY = '19:security@thread.tacv2';
const ON_CALL = { kind: 'user', id: 'lee@contoso.com', name: 'Lee on call' } as const;

let world: DeliveringWorld;
afterEach(() => world.close());

async function open(yaml: string | null = null, over = {}): Promise<void> {
  world = await DeliveringWorld.open();
  const { store, context } = world.world;
  await store.conversations.upsert(aChannel(SECURITY, 'Security'));
  context.routes = routesFrom(yaml, over);
  context.settings = { ...context.settings, onCall: ON_CALL, escalateAfterMs: 30 * MINUTE_MS };
}

async function posted(over: Partial<Incident> = {}): Promise<void> {
  await world.stir('incident-1', over);
  await world.send();
}

async function pass(ms: number): Promise<number> {
  world.world.clock.advance(ms);
  const called = await escalate(world.world.context, world.load);
  await world.send();
  return called;
}

const calls = () =>
  world.world.notifier.posts.filter(({ message }) => message.key.startsWith('notice:escalation'));

const decided = (
  request: Partial<DecisionRequest> & Pick<DecisionRequest, 'kind'>,
  access = OPERATOR,
  by = LEE,
) => decide(world.world.context, { incidentId: 'incident-1', ...request } as DecisionRequest, by, access);

describe('when nobody reacts', () => {
  it('the person on call is mentioned once, in the channel of the card', async () => {
    await open('route: { channel: Security }');
    await posted();
    expect(await pass(30 * MINUTE_MS - 1)).toBe(0);
    expect(await pass(1)).toBe(1);
    expect(await pass(HOUR_MS)).toBe(0);
    expect(calls()).toMatchObject([
      {
        target: SECURITY,
        message: {
          kind: 'notice',
          title: 'Nobody has reacted for 30 minutes',
          text: expect.stringMatching(/lost .*Decide about it, or press “I’m on it…”/),
          mention: ON_CALL,
        },
      },
    ]);
  });

  it('anybody who the route names is mentioned', async () => {
    await open('route: { channel: Security, on_call: { tag: MjQ, name: Security on call } }');
    await posted();
    await pass(30 * MINUTE_MS);
    expect(calls()[0]?.message.mention).toEqual({ kind: 'tag', id: 'MjQ', name: 'Security on call' });
  });

  it('the time runs from the post', async () => {
    await open();
    world.world.notifier.failures = [AWAY];
    await posted();
    world.world.clock.advance(20 * MINUTE_MS);
    await world.send();
    expect(await pass(29 * MINUTE_MS)).toBe(0);
    expect(await pass(MINUTE_MS)).toBe(1);
  });

  it('nobody is called in quiet hours for what they hold back, and somebody is afterwards', async () => {
    await open(null, { quiet: [{ days: [1, 2, 3, 4, 5, 6, 7], from: 22 * 60, to: 7 * 60 }] });
    const { clock } = world.world;
    clock.advance(Date.parse('2030-01-01T21:50:00Z') - clock.now());
    await posted({ severity: 'medium' });
    expect(await pass(30 * MINUTE_MS)).toBe(0);
    expect(await pass(8 * HOUR_MS)).toBe(0);
    expect(await pass(40 * MINUTE_MS)).toBe(1);
  });

  it('nobody is called where no time is set', async () => {
    await open();
    world.world.context.settings = { ...world.world.context.settings, escalateAfterMs: null };
    await posted();
    expect(await pass(24 * HOUR_MS)).toBe(0);
  });

  it.each(['escalate:before-commit', 'escalate:after-commit'])(
    'is said once after a crash at %s',
    async (step) => {
      await open();
      await posted();
      const { context } = world.world;
      context.onStep = (name) => {
        if (name === step) throw new Error('crash');
      };
      await pass(30 * MINUTE_MS).catch(() => undefined);
      context.onStep = () => undefined;
      await pass(0);
      await pass(HOUR_MS);
      expect(calls()).toHaveLength(1);
    },
  );
});

describe('a reaction', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['“I’m on it”', () => decided({ kind: 'take-on', note: null } as DecisionRequest)],
    ['an approval', () => decided({ kind: 'approve', reason: 'leaver', ruleUntil: null } as DecisionRequest)],
    [
      'a snooze',
      () =>
        decided({
          kind: 'snooze',
          until: world.world.clock.now() + 24 * HOUR_MS,
          reason: 'later',
          about: 'incident',
        } as DecisionRequest),
    ],
  ])('calls nobody: %s', async (_, react) => {
    await open();
    await posted();
    expect(await react()).toEqual({ kind: 'accepted' });
    expect(await pass(30 * MINUTE_MS)).toBe(0);
    expect(await pass(HOUR_MS)).toBe(0);
    expect(calls()).toEqual([]);
  });
});

describe('“I’m on it”', () => {
  const view = () => world.load('incident-1', null);

  it('stands on the card and in the log, with its note, and calls nobody twice', async () => {
    await open();
    await posted();
    expect(await decided({ kind: 'take-on', note: 'Asking the help desk' } as DecisionRequest)).toEqual({
      kind: 'accepted',
    });
    expect(await view()).toMatchObject({
      owner: { by: { name: 'Lee Gu' }, note: 'Asking the help desk' },
      log: [expect.objectContaining({ what: 'Lee Gu is on it: “Asking the help desk”' })],
    });
    expect(await decided({ kind: 'take-on', note: 'Asking the help desk' } as DecisionRequest)).toEqual({
      kind: 'refused',
      reason: 'You are on it already.',
    });
  });

  it('goes over to who says it later', async () => {
    await open();
    await posted();
    await decided({ kind: 'take-on', note: null } as DecisionRequest);
    await decided({ kind: 'take-on', note: null } as DecisionRequest, OPERATOR, MEGAN);
    expect((await view())?.owner?.by.name).toBe('Megan Bowen');
  });

  it('is not for an operator of others than its users', async () => {
    await open();
    await posted({ userIds: ['user-1', 'user-2'] });
    const mine = operatorOf('user-1');
    expect(await decided({ kind: 'take-on', note: null } as DecisionRequest, mine)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('outside your administrative units'),
    });
  });

  it('ends with the incident', async () => {
    await open();
    await posted();
    await decided({ kind: 'take-on', note: null } as DecisionRequest);
    await decided({ kind: 'approve', reason: 'leaver', ruleUntil: null } as DecisionRequest);
    expect((await view())?.owner).toBeNull();
  });
});
