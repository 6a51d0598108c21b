import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadIncidentView } from '../../../src/answers/incident.ts';
import type { AuditEvent } from '../../../src/domain/audit/event.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import { decide } from '../../../src/jobs/decisions/decide.ts';
import { deliver, type LoadIncidentView } from '../../../src/jobs/delivery/deliver.ts';
import { attributeDue } from '../../../src/jobs/explain/attribute.ts';
import { review } from '../../../src/jobs/explain/review.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import { anAuditEvent } from '../../builders/audit/audit-event.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';
import { MEGAN, OPERATOR } from '../../builders/jobs/morning.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';

const never = new AbortController().signal;
const E3 = anAssignment().skuId;

let world: JobWorld;
const load: LoadIncidentView = (id, sees) =>
  loadIncidentView(world.store, id, { now: world.clock.now(), sees });

async function lose(...userIds: string[]): Promise<void> {
  world.clock.advance(5 * MINUTE_MS);
  world.tenant.strip(...userIds);
  await scan(world.context, { kind: 'full' }, never);
  world.clock.advance(60_001);
  await attributeDue(world.context);
  await deliver(world.context, load);
}

/** A record by Anna about these users, a moment before the newest read. */
async function record(...userIds: string[]): Promise<void> {
  const [newest] = await world.store.changes.find({ limit: 1 });
  const events: AuditEvent[] = userIds.map((id) =>
    anAuditEvent({
      id: `record-${id}-${world.clock.now()}`,
      at: (newest?.change.observedAfter ?? 0) - 1_000,
      operation: 'Change user license',
      actor: { kind: 'user', id: 'anna', name: 'anna@fabrikam.example' },
      targets: [{ kind: 'user', id, name: null }],
      licenses: { before: [{ skuId: E3, partNumber: 'SPE_E3', disabledPlans: [] }], after: [] },
    }),
  );
  await world.store.audit.append(
    events.map((event) => ({ event, raw: '{}' })),
    world.clock.now(),
  );
}

const incidents = async () =>
  (await world.store.incidents.recent(10)).map(({ cause, status, userIds }) => ({
    cause,
    status,
    users: userIds.length,
  }));

beforeEach(async () => {
  world = await aJobWorld();
  world.tenant.put(
    ...['u1', 'u2', 'u3', 'u4'].map((id) => aUserState({ id, assignments: [anAssignment()] })),
  );
  world.tenant.put(aUserState({ id: 'anna', displayName: 'Anna Kowalska' }));
  world.tenant.state = { skus: [aSkuState()], subscriptions: [], groups: [] };
  await world.store.conversations.upsert(aChannel());
  await scan(world.context, { kind: 'full' }, never);
});
afterEach(() => world.store.close());

describe('a late record', () => {
  it('corrects the card in place, and names the person as the directory does', async () => {
    await lose('u1', 'u2');
    expect(await review(world.context)).toBe(0);
    await record('u1', 'u2');
    expect(await review(world.context)).toBe(1);
    await deliver(world.context, load);
    expect(world.notifier.sent.map(({ how }) => how)).toEqual(['post', 'update']);
    expect(world.notifier.sent.at(-1)?.message).toMatchObject({
      view: { cause: 'admin-action', level: 'proved' },
    });
    expect(JSON.stringify(world.notifier.sent.at(-1)?.message)).toContain('Anna Kowalska');
    expect(await review(world.context)).toBe(0);
  });

  it('splits what turns out to have two causes', async () => {
    await lose('u1', 'u2', 'u3');
    await record('u1');
    await review(world.context);
    expect(await incidents()).toEqual([
      { cause: 'admin-action', status: 'open', users: 1 },
      { cause: 'unknown', status: 'open', users: 2 },
    ]);
  });

  it('leaves together what a restore is under way for, so that the card shows all of it', async () => {
    await lose('u1', 'u2', 'u3');
    const [incident] = await world.store.incidents.open();
    const request = {
      kind: 'reassign',
      incidentId: incident?.id ?? '',
      userIds: null,
      way: 'as-it-was',
      plan: null,
    } as const;
    expect(await decide(world.context, request, MEGAN, OPERATOR)).toEqual({ kind: 'accepted' });
    await record('u1', 'u2');
    await review(world.context);
    expect(await incidents()).toEqual([{ cause: 'admin-action', status: 'open', users: 3 }]);
  });

  it('explains also what was restored meanwhile', async () => {
    await lose('u1');
    const [incident] = await world.store.incidents.open();
    if (incident) {
      await world.store.incidents.commit({
        incidents: [{ ...incident, status: 'restored', revision: incident.revision + 1 }],
        verdicts: [],
        settled: [],
        outbox: [],
      });
    }
    await record('u1');
    await review(world.context);
    expect(await incidents()).toEqual([{ cause: 'admin-action', status: 'restored', users: 1 }]);
  });
});

describe('a review', () => {
  it('looks at nothing while no record comes in and no time of review has passed', async () => {
    await lose('u1', 'u2');
    await review(world.context);
    const asked: object[] = [];
    const { find } = world.store.audit;
    world.store.audit.find = (filter) => {
      asked.push(filter);
      return find(filter);
    };
    world.clock.advance(10 * MINUTE_MS);
    await review(world.context);
    expect(asked).toMatchObject([{ receivedSince: expect.any(Number), limit: 1 }]);
    world.clock.advance(HOUR_MS);
    await review(world.context);
    expect(asked).toHaveLength(2);
    expect(asked[1]).not.toHaveProperty('receivedSince');
  });

  it('leaves the new answer with the change, for the chat', async () => {
    await lose('u1');
    await record('u1');
    await review(world.context);
    const [found] = await world.store.changes.find({ userIds: ['u1'], kinds: ['lost'] });
    expect(found?.verdict).toMatchObject({ level: 'proved', actor: { id: 'anna' } });
  });
});

describe('a swap in two steps', () => {
  const E5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';

  it('that nobody finishes for one of two users is told as half done', async () => {
    world.clock.advance(5 * MINUTE_MS);
    world.tenant.strip('u1', 'u2');
    await scan(world.context, { kind: 'full' }, never);
    await record('u1', 'u2');
    world.clock.advance(30_000);
    world.tenant.put(aUserState({ id: 'u1', assignments: [anAssignment({ skuId: E5 })] }));
    await scan(world.context, { kind: 'full' }, never);
    world.clock.advance(60_001);
    await attributeDue(world.context);
    await deliver(world.context, load);
    expect(world.notifier.sent).toHaveLength(1);
    expect(world.notifier.sent[0]?.message).toMatchObject({
      view: {
        title: 'Swap half done: Nora Lindqvist lost Microsoft 365 E3 and did not get Microsoft 365 E5',
        severity: 'high',
        can: { reassign: true },
      },
    });
  });
});

describe('more losses with the same cause', () => {
  it('join the card while it is fresh, and get their own when it is old', async () => {
    await record('u1', 'u2', 'u3');
    await lose('u1');
    await record('u1');
    await review(world.context);
    world.clock.advance(10 * MINUTE_MS);
    world.tenant.strip('u2');
    await scan(world.context, { kind: 'full' }, never);
    await record('u2');
    world.clock.advance(60_001);
    await attributeDue(world.context);
    expect(await incidents()).toEqual([{ cause: 'admin-action', status: 'open', users: 2 }]);

    world.clock.advance(2 * HOUR_MS);
    world.tenant.strip('u3');
    await scan(world.context, { kind: 'full' }, never);
    await record('u3');
    world.clock.advance(60_001);
    await attributeDue(world.context);
    await deliver(world.context, load);
    expect(await incidents()).toEqual([
      { cause: 'admin-action', status: 'open', users: 1 },
      { cause: 'admin-action', status: 'open', users: 2 },
    ]);
    expect(world.notifier.posts).toHaveLength(2);
  });
});
