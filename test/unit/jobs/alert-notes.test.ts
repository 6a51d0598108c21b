import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import type { DecisionRequest } from '../../../src/domain/incident/decision.ts';
import { decide } from '../../../src/jobs/decisions/decide.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import { endSnoozes } from '../../../src/jobs/upkeep/end-snoozes.ts';
import { expireRequests } from '../../../src/jobs/upkeep/expire-requests.ts';
import { verify } from '../../../src/jobs/upkeep/verify.ts';
import { aLeaversRule, aSilence } from '../../builders/incident/suppression.ts';
import { MEGAN, OPERATOR } from '../../builders/jobs/morning.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';
import { restore } from '../../builders/restore/restore.ts';
import { aStandingWorld, type StandingWorld, userIds } from './standing-world.ts';

const never = new AbortController().signal;
const rule = aLeaversRule({}, { cause: 'automation', groupId: null, skuIds: [anAssignment().skuId] });

let world: StandingWorld;
const counted: string[] = [];
const logged: object[] = [];
beforeEach(async () => {
  counted.length = 0;
  logged.length = 0;
  world = await aStandingWorld();
  world.context.metrics = { ...world.context.metrics, alertDecided: (reason) => counted.push(reason) };
  world.context.log = { ...world.context.log, info: (data) => logged.push(data) };
});
afterEach(() => world.store.close());

/** The reasons stored about a user's changes and their incidents. */
async function reasonsOf(userId: string): Promise<string[]> {
  const changes = await world.store.changes.find({ userIds: [userId] });
  const notes = await world.store.alerts.about(
    changes.map(({ change }) => change.id),
    changes.flatMap(({ incidentId }) => incidentId ?? []),
  );
  return [...new Set(notes.map(({ reason }) => reason))];
}

describe('what people are not alerted about has a stored reason', () => {
  it('where a rule expects it', async () => {
    await world.order({ rule });
    await world.lose('runbook', 'u1');
    expect(await reasonsOf('u1')).toEqual(['expected']);
    expect(counted).toContain('expected');
    expect(logged).toContainEqual(expect.objectContaining({ reason: 'expected', ruleId: 'rule-1' }));
  });

  it('where a snooze covers it', async () => {
    await world.order({
      silence: aSilence({ subject: { kind: 'user', id: 'u1' }, until: world.clock.now() + DAY_MS }),
    });
    await world.lose('cleaner', 'u1');
    expect(await reasonsOf('u1')).toEqual(['snoozed']);
  });

  it('where it healed while it settled', async () => {
    await world.strip('u1');
    world.tenant.put(aUserState({ id: 'u1', assignments: [anAssignment()] }));
    await scan(world.context, { kind: 'full' }, never);
    world.clock.advance(MINUTE_MS + 1);
    await world.beat();
    expect(world.notifier.sent).toEqual([]);
    expect(await reasonsOf('u1')).toEqual(['healed', 'gained']);
  });

  it('where no channel is set, once for each message', async () => {
    await world.store.conversations.remove({ key: '19:alerts@thread.tacv2' });
    await world.lose('cleaner', 'u1');
    await world.beat();
    expect(await reasonsOf('u1')).toEqual(['first', 'no-channel']);
    expect(counted.filter((reason) => reason === 'no-channel')).toHaveLength(1);
  });

  it('where the tenant could not be read', async () => {
    const { tenant } = world;
    tenant.users = () => {
      throw new Error('something is broken');
    };
    await scan(world.context, { kind: 'full' }, never);
    const notes = await world.store.alerts.reads(0, world.clock.now() + 1, 10);
    expect(notes).toMatchObject([{ reason: 'read-incomplete' }]);
    expect(notes[0]?.detail).toContain('failed inside License Watch');
  });

  it('where an older revision waits beside a newer one', async () => {
    const target = await world.store.conversations.alertTarget();
    await world.store.conversations.remove({ key: target?.key ?? '' });
    await world.lose('cleaner', 'u1');
    await world.lose('cleaner', 'u2');
    if (target) await world.store.conversations.upsert(target);
    await world.beat();
    expect(await reasonsOf('u1')).toEqual(expect.arrayContaining(['superseded', 'posted']));
  });
});

describe('what people are alerted about has a stored reason', () => {
  it('from the first card to the last', async () => {
    await world.lose('cleaner', 'u1');
    expect(await reasonsOf('u1')).toEqual(['first', 'posted']);
    world.tenant.put(aUserState({ id: 'u1', assignments: [anAssignment()] }));
    world.clock.advance(5 * MINUTE_MS);
    await scan(world.context, { kind: 'full' }, never);
    await verify(world.context);
    await world.beat();
    expect(await reasonsOf('u1')).toEqual(expect.arrayContaining(['first', 'posted', 'restored', 'edited']));
  });

  it('also where it exceeded its rule and healed before its first card', async () => {
    await world.order({ rule });
    const target = await world.store.conversations.alertTarget();
    await world.store.conversations.remove({ key: target?.key ?? '' });
    await world.lose('runbook', ...userIds(11));
    world.tenant.put(...userIds(11).map((id) => aUserState({ id, assignments: [anAssignment()] })));
    world.clock.advance(5 * MINUTE_MS);
    await scan(world.context, { kind: 'full' }, never);
    await verify(world.context);
    if (target) await world.store.conversations.upsert(target);
    await world.beat();
    expect(world.cards()).toEqual([{ how: 'post', status: 'restored', users: 11 }]);
  });
});

describe('what is stored of alerts is also logged and counted', () => {
  /** What is stored of everything: about what, and the reason. */
  const stored = async () => {
    const changes = await world.store.changes.find({});
    const incidents = await world.store.incidents.recent(100);
    const notes = await world.store.alerts.about(
      changes.map(({ change }) => change.id),
      incidents.map(({ id }) => id),
    );
    return notes.map(({ subject, reason }) => `${subject} ${reason}`);
  };
  const back = async (id: string) => {
    world.tenant.put(aUserState({ id, assignments: [anAssignment()] }));
    world.clock.advance(5 * MINUTE_MS);
    await scan(world.context, { kind: 'full' }, never);
  };
  /** What is stored and logged by the work is of this reason, among others. */
  async function told(reason: string, work: () => Promise<unknown>): Promise<void> {
    counted.length = 0;
    logged.length = 0;
    const before = new Set(await stored());
    await work();
    const added = (await stored()).filter((note) => !before.has(note)).map((note) => note.split(' ').at(-1));
    expect(added).toContain(reason);
    expect(counted).toEqual(expect.arrayContaining(added));
    for (const one of added) expect(logged).toContainEqual(expect.objectContaining({ reason: one }));
  }
  const decideAs = async (request: object) => {
    const { id: incidentId } = await world.newest();
    const decided = await decide(
      world.context,
      { incidentId, ...request } as DecisionRequest,
      MEGAN,
      OPERATOR,
    );
    expect(decided).toEqual({ kind: 'accepted' });
  };

  it('when licenses come back', async () => {
    await world.lose('cleaner', 'u1');
    await back('u1');
    await told('restored', () => verify(world.context));
  });

  it('when somebody decides, and when a snooze ends', async () => {
    await world.lose('cleaner', 'u1');
    const until = world.clock.now() + HOUR_MS;
    await told('decided', () => decideAs({ kind: 'snooze', until, reason: 'known', about: 'incident' }));
    world.clock.advance(2 * HOUR_MS);
    await told('snooze-over', () => endSnoozes(world.context));
    await told('decided', () => decideAs({ kind: 'approve', reason: 'leaver', ruleUntil: null }));
  });

  const freeSeats = () => {
    const skus = [aSkuState({ consumed: 29, enabled: 40 })];
    world.tenant.state = { skus, subscriptions: [], groups: [] };
  };

  it('when a restore moves on', async () => {
    freeSeats();
    await world.lose('cleaner', 'u1');
    await decideAs({ kind: 'reassign', userIds: null, way: 'as-it-was', plan: null });
    await told('restored', () => restore(world.context, never));
  });

  it('when nobody answers a request in time', async () => {
    await world.store.close();
    world = await aStandingWorld({ secondApproverAbove: 0 });
    world.context.metrics = { ...world.context.metrics, alertDecided: (reason) => counted.push(reason) };
    world.context.log = { ...world.context.log, info: (data) => logged.push(data) };
    freeSeats();
    await world.lose('cleaner', 'u1');
    await told('decided', () => decideAs({ kind: 'reassign', userIds: null, way: 'as-it-was', plan: null }));
    world.clock.advance(25 * HOUR_MS);
    await told('decided', () => expireRequests(world.context));
  });
});

it('is kept for four hundred days, whatever is kept of the logs', async () => {
  const { purge } = await import('../../../src/jobs/collect/purge.ts');
  await world.lose('cleaner', 'u1');
  await purge(world.context);
  expect(await reasonsOf('u1')).not.toEqual([]);
  world.clock.advance(401 * DAY_MS);
  await purge(world.context);
  expect(await reasonsOf('u1')).toEqual([]);
});
