import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadIncidentView } from '../../../src/answers/incident.ts';
import { HOUR_MS } from '../../../src/domain/durations.ts';
import { decide } from '../../../src/jobs/decisions/decide.ts';
import { deliver, type LoadIncidentView } from '../../../src/jobs/delivery/deliver.ts';
import { attributeDue } from '../../../src/jobs/explain/attribute.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import { verify } from '../../../src/jobs/upkeep/verify.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';
import { MEGAN, OPERATOR } from '../../builders/jobs/morning.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';
import { restore } from '../../builders/restore/restore.ts';

const never = new AbortController().signal;
const TEAMS = '57ff2da0-773e-42df-b2af-ffb7a2317929';
const IDS = ['user-0', 'user-1', 'user-2', 'user-3', 'user-4'];

let world: JobWorld;
const load: LoadIncidentView = (id, sees) =>
  loadIncidentView(world.store, id, { now: world.clock.now(), sees });

const send = () => deliver(world.context, load);
const read = () => scan(world.context, { kind: 'full' }, never);
const settle = async () => {
  world.clock.advance(60_001);
  return attributeDue(world.context);
};
const incident = async () => {
  const [first] = await world.store.incidents.recent(1);
  if (!first) throw new Error('there is no incident');
  return first;
};
const reassign = async (userIds: string[] | null = null) =>
  decide(
    world.context,
    { kind: 'reassign', incidentId: (await incident()).id, userIds, way: 'as-it-was', plan: null },
    MEGAN,
    OPERATOR,
  );

/** Five people lose a license of which each had Teams switched off, and the card stands. */
async function theMorning(): Promise<void> {
  await read();
  world.clock.advance(300_000);
  world.tenant.strip(...IDS);
  await read();
  await settle();
  await send();
}

beforeEach(async () => {
  world = await aJobWorld();
  world.tenant.put(
    ...IDS.map((id) =>
      aUserState({
        id,
        displayName: `Person ${id}`,
        assignments: [anAssignment({ disabledPlans: [TEAMS] })],
      }),
    ),
  );
  world.tenant.state = { skus: [aSkuState({ enabled: 25 })], subscriptions: [], groups: [] };
  await world.store.conversations.upsert(aChannel());
});
afterEach(() => world.store.close());

describe('from a loss to one card', () => {
  it('tells five losses of one read once, as one card', async () => {
    await theMorning();
    await read();
    await settle();
    await send();
    expect(world.notifier.sent).toHaveLength(1);
    expect(world.notifier.sent[0]?.message).toMatchObject({
      kind: 'incident',
      view: { title: '5 users lost Microsoft 365 E3', level: 'unexplained', userCount: 5 },
    });
  });

  it('waits for the settle time, and says nothing of what came back meanwhile', async () => {
    await read();
    world.tenant.strip('user-0', 'user-1');
    await read();
    expect(await attributeDue(world.context)).toBe(0);
    world.tenant.put(aUserState({ id: 'user-0', assignments: [anAssignment()] }));
    await read();
    await settle();
    expect((await incident()).userIds).toEqual(['user-1']);
  });

  it('takes a loss and a gain of related products within the settle time for a swap', async () => {
    await read();
    world.tenant.strip('user-0');
    await read();
    world.tenant.put(
      aUserState({
        id: 'user-0',
        assignments: [anAssignment({ skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06' })],
      }),
    );
    await read();
    await settle();
    expect(await world.store.incidents.recent(1)).toEqual([]);
  });

  it('keeps the card until there is a channel', async () => {
    await world.store.conversations.remove({ key: aChannel().key });
    await theMorning();
    expect(world.notifier.sent).toEqual([]);
    await world.store.conversations.upsert(aChannel());
    await send();
    expect(world.notifier.posts).toHaveLength(1);
  });
});

describe('delivery', () => {
  it('tries again later what failed, and says in the store why', async () => {
    world.notifier.failures = [{ ok: false, retryable: true, reason: 'Teams answered 503.' }];
    await theMorning();
    expect(await world.store.outbox.backlog()).toMatchObject({
      waiting: 1,
      lastError: 'Teams answered 503.',
    });
    expect(await send()).toBe(0);
    world.clock.advance(10_000);
    expect(await send()).toBe(1);
    expect(world.notifier.posts).toHaveLength(1);
  });

  it('marks a channel that refuses as unreachable, and clears it when a card gets through', async () => {
    world.notifier.failures = [{ ok: false, retryable: false, reason: 'The bot was removed from the team.' }];
    await theMorning();
    expect((await world.store.conversations.alertTarget())?.unreachable).toBe(
      'The bot was removed from the team.',
    );
    world.clock.advance(10_000);
    await send();
    expect((await world.store.conversations.alertTarget())?.unreachable).toBeNull();
  });

  it('finds a card that was sent right before a crash, instead of sending it again', async () => {
    const sent = world.store.outbox.markSent;
    world.store.outbox.markSent = async () => {
      throw new Error('the process died here');
    };
    await expect(theMorning()).rejects.toThrow('died');
    world.store.outbox.markSent = sent;
    await send();
    expect(world.notifier.posts).toHaveLength(1);
    expect((await world.store.outbox.postedCard((await incident()).id))?.activityId).toBe('activity-1');
  });

  it('rather tells twice than never, when the channel cannot be read after a crash', async () => {
    world.notifier.historyReadable = false;
    const sent = world.store.outbox.markSent;
    world.store.outbox.markSent = async () => {
      throw new Error('the process died here');
    };
    await expect(theMorning()).rejects.toThrow('died');
    world.store.outbox.markSent = sent;
    await send();
    expect(world.notifier.posts).toHaveLength(2);
  });

  it('brings a card up to date with one edit, however much has happened', async () => {
    await theMorning();
    const { id } = await incident();
    const until = world.clock.now() + HOUR_MS;
    await decide(
      world.context,
      { kind: 'snooze', incidentId: id, until, reason: 'lunch', about: 'incident' },
      MEGAN,
      OPERATOR,
    );
    await decide(
      world.context,
      { kind: 'approve', incidentId: id, reason: 'leavers', ruleUntil: null },
      MEGAN,
      OPERATOR,
    );
    await send();
    expect(world.notifier.sent.map(({ how, activityId }) => [how, activityId])).toEqual([
      ['post', 'activity-1'],
      ['update', 'activity-1'],
    ]);
  });
});

describe('deciding', () => {
  beforeEach(theMorning);

  it('gives everyone back what they had, and closes the incident when a read shows it', async () => {
    expect(await reassign()).toEqual({ kind: 'accepted' });
    expect(await restore(world.context, never)).toBe(5);
    expect(world.tenant.people.get('user-2')?.assignments[0]?.disabledPlans).toEqual([TEAMS]);
    expect(await incident()).toMatchObject({ status: 'restored', restoredUserIds: IDS });
    await send();
    expect(world.notifier.sent.at(-1)?.message).toMatchObject({
      view: { status: 'restored', restoredCount: 5 },
    });
  });

  it('restores only chosen users, and the rest at a later press', async () => {
    await reassign(['user-1']);
    await restore(world.context, never);
    expect(await incident()).toMatchObject({ status: 'open', restoredUserIds: ['user-1'] });
    await reassign();
    await restore(world.context, never);
    expect(world.tenant.written.map((action) => 'userId' in action && action.userId)).toEqual([
      'user-1',
      'user-0',
      'user-2',
      'user-3',
      'user-4',
    ]);
    expect((await incident()).status).toBe('restored');
  });

  it('says per user what Microsoft refused, and offers it again', async () => {
    world.tenant.outcomes = [
      { ok: false, retryable: false, code: 'no-seats', message: 'No seat is left: buy one.' },
    ];
    await reassign();
    await restore(world.context, never);
    const view = await load((await incident()).id, null);
    expect(view).toMatchObject({ failedCount: 1, restoredCount: 4, can: { reassign: true } });
    expect(view?.users.find((user) => user.status === 'failed')?.note).toBe('No seat is left: buy one.');
    await reassign();
    await restore(world.context, never);
    expect((await incident()).status).toBe('restored');
  });

  it('keeps a step that Microsoft could not take, and takes it up again', async () => {
    world.tenant.outcomes = [
      { ok: false, retryable: true, code: 'throttled', message: 'Microsoft is busy.', retryAfterMs: null },
    ];
    await reassign();
    await restore(world.context, never);
    await restore(world.context, never);
    expect((await incident()).status).toBe('restored');
  });

  it('lets the first of two deciders win, and tells the second how it stands', async () => {
    const { id } = await incident();
    const approve = () =>
      decide(
        world.context,
        { kind: 'approve', incidentId: id, reason: 'leavers', ruleUntil: null },
        MEGAN,
        OPERATOR,
      );
    const outcomes = await Promise.all([approve(), approve()]);
    expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(['accepted', 'refused']);
    expect(await world.store.decisions.byIncident(id)).toHaveLength(1);
  });

  it('notices when somebody else gives the licenses back', async () => {
    world.tenant.put(...IDS.map((id) => aUserState({ id, assignments: [anAssignment()] })));
    await read();
    await verify(world.context);
    expect((await incident()).status).toBe('restored');
  });
});
