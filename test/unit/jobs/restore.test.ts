import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadIncidentView } from '../../../src/answers/incident.ts';
import type { WriteOutcome } from '../../../src/domain/ports.ts';
import { TenantReadError } from '../../../src/domain/ports.ts';
import type { RestoreStep } from '../../../src/domain/restore/step.ts';
import { decide } from '../../../src/jobs/decisions/decide.ts';
import { createLease } from '../../../src/jobs/lease.ts';
import { restore } from '../../../src/jobs/restore.ts';
import { carryOut } from '../../../src/jobs/restore-carry-out.ts';
import { followUp } from '../../../src/jobs/restore-follow-up.ts';
import { createProgress } from '../../../src/jobs/restore-progress.ts';
import { scan } from '../../../src/jobs/scan.ts';
import { aMorning, MEGAN, type Morning, OPERATOR, VICTIMS } from '../../builders/morning.ts';

const never = new AbortController().signal;
const MINUTE = 60_000;

let world: Morning;
let steps: () => Promise<RestoreStep[]>;

const press = async (): Promise<void> => {
  const { id } = await world.incident();
  const request = { kind: 'reassign', incidentId: id, userIds: null, way: 'as-it-was', plan: null } as const;
  expect(await decide(world.context, request, MEGAN, OPERATOR)).toEqual({ kind: 'accepted' });
};
const statuses = async (): Promise<string[]> => (await steps()).map(({ status }) => status);
const busy = (retryAfterMs: number | null): WriteOutcome => ({
  ok: false,
  retryable: true,
  code: 'throttled',
  message: 'Microsoft is busy.',
  retryAfterMs,
});
const written = (): string[] =>
  world.tenant.written.flatMap((action) => ('userId' in action ? [action.userId] : []));

beforeEach(async () => {
  world = await aMorning();
  const { id } = await world.incident();
  steps = () => world.store.decisions.steps(id);
});
afterEach(() => world.store.close());

describe('carrying out', () => {
  it('sends every step once, in a batch, and closes the incident when a read shows it', async () => {
    await press();
    expect(await restore(world.context, never)).toBe(5);
    expect(await statuses()).toEqual(Array(5).fill('done'));
    expect((await world.incident()).status).toBe('restored');
    expect(await restore(world.context, never)).toBe(0);
    expect(written()).toEqual([...VICTIMS]);
  });

  it('notes each step as on its way before it is sent', async () => {
    await press();
    const seen: string[][] = [];
    const write = world.tenant.write.bind(world.tenant);
    world.tenant.write = async (actions) => {
      seen.push(await statuses());
      return write(actions);
    };
    await carryOut(world.context, never);
    expect(seen).toEqual([Array(5).fill('sending')]);
  });

  it('waits as long as Microsoft asks, and then sends only what is left', async () => {
    await press();
    world.tenant.outcomes = [null, busy(30_000), null, null, busy(10_000)];
    const begun = world.clock.now();
    expect(await carryOut(world.context, never)).toBe(5);
    expect(world.clock.now() - begun).toBe(30_000);
    expect(written()).toEqual([...VICTIMS, 'user-1', 'user-4']);
  });

  it('gives up an hour after the decision, however often it tried', async () => {
    await press();
    world.tenant.outcomes = Array(2_000).fill(busy(null));
    const begun = world.clock.now();
    expect(await carryOut(world.context, never)).toBe(5);
    expect(await statuses()).toEqual(Array(5).fill('failed'));
    expect(world.clock.now() - begun).toBeGreaterThan(60 * MINUTE);
    expect(world.clock.now() - begun).toBeLessThan(63 * MINUTE);
  });

  it('stops in a pause when the process is to stop, and leaves the rest planned', async () => {
    await press();
    world.tenant.outcomes = [null, busy(30_000), null, null, null];
    const stopping = new AbortController();
    world.clock.sleep = async (_ms, signal) => {
      stopping.abort();
      signal?.throwIfAborted();
    };
    expect(await carryOut(world.context, stopping.signal)).toBe(4);
    expect(await statuses()).toEqual(['done', 'planned', 'done', 'done', 'done']);
  });

  it('lets seats run out in the middle: the others have theirs, and each of the rest a reason', async () => {
    await press();
    const message = 'No seat is left: buy one.';
    const refused: WriteOutcome = { ok: false, retryable: false, code: 'no-seats', message };
    world.tenant.outcomes = [null, null, null, refused, refused];
    await restore(world.context, never);
    expect((await steps()).map(({ status, message: why }) => [status, why])).toEqual([
      ...Array(3).fill(['done', null]),
      ...Array(2).fill(['refused', message]),
    ]);
    expect(await world.incident()).toMatchObject({
      status: 'open',
      restoredUserIds: ['user-0', 'user-1', 'user-2'],
    });
  });

  it('has the card edited every few seconds while it runs, and not more often', async () => {
    const { id, revision } = await world.incident();
    const progress = createProgress(world.context);
    for (const seconds of [0, 2, 2, 2, 2, 2]) {
      world.clock.advance(seconds * 1_000);
      await progress([id, id]);
    }
    // Ten seconds in steps of two: an edit after six, and the next one is not due.
    expect((await world.incident()).revision).toBe(revision + 1);
  });
});

describe('taking up what a dead process left', () => {
  const leave = async (nos: readonly number[]): Promise<void> => {
    const all = await steps();
    await world.store.decisions.claim(
      all.filter(({ stepNo }) => nos.includes(stepNo)),
      world.clock.now(),
    );
  };

  it('sends nothing again that the tenant shows, and all that it does not', async () => {
    await press();
    await leave([1, 2, 3]);
    const [first] = await steps();
    if (!first) throw new Error('no step');
    await world.tenant.write([first.action]);
    await restore(world.context, never);
    expect(written()).toEqual(['user-0', 'user-1', 'user-2', 'user-3', 'user-4']);
    expect(await statuses()).toEqual(Array(5).fill('done'));
    expect((await world.incident()).status).toBe('restored');
  });

  it('sends nothing at all while it cannot see how things stand', async () => {
    await press();
    await leave([1]);
    const standing = world.tenant.standing.bind(world.tenant);
    world.tenant.standing = async () => {
      throw new TenantReadError('unreachable', 'Graph does not answer.');
    };
    expect(await carryOut(world.context, never)).toBe(0);
    expect(written()).toEqual([]);
    world.tenant.standing = standing;
    expect(await carryOut(world.context, never)).toBe(5);
  });

  it('looks again at what was sent when the writer broke down', async () => {
    await press();
    const write = world.tenant.write.bind(world.tenant);
    world.tenant.write = async (actions) => {
      await write(actions);
      throw new Error('the writer broke down');
    };
    await expect(carryOut(world.context, never)).rejects.toThrow('broke down');
    world.tenant.write = write;
    await carryOut(world.context, never);
    expect(written()).toHaveLength(5);
    expect(await statuses()).toEqual(Array(5).fill('done'));
  });

  it('leaves alone what another process has in hand', async () => {
    await press();
    await leave([1]);
    const { store, clock, context } = world;
    const other = createLease(store.leases, clock, 'another process', () => true, 'restore');
    expect(await other.hold()).toBe(true);
    expect(await carryOut(context, never)).toBe(0);
    expect(written()).toEqual([]);
    clock.advance(4 * MINUTE);
    expect(await carryOut(context, never)).toBe(5);
  });
});

describe('following up', () => {
  const GROUP = 'group-sales';
  const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
  const late = async (): Promise<string[]> => {
    const { id } = await world.incident();
    const view = await loadIncidentView(world.store, id, { now: world.clock.now(), sees: null });
    return (view?.users ?? []).flatMap(({ note }) => (note?.includes('30 minutes') ? [note] : []));
  };

  /** The five lost their licenses by leaving a group; Microsoft takes its time to give them back. */
  beforeEach(async () => {
    const { context, tenant, store, clock } = world;
    tenant.slowGroups = true;
    tenant.state = {
      ...tenant.state,
      groups: [
        {
          id: GROUP,
          displayName: 'LIC-Sales',
          membershipRule: null,
          dynamic: false,
          onPremisesSyncEnabled: null,
          mailEnabled: false,
          roleAssignable: false,
          assignedLicenses: [{ skuId: E3, disabledPlans: [] }],
        },
      ],
    };
    const { id, revision, ...incident } = await world.incident();
    const decision = {
      id: 'decision-1',
      at: clock.now(),
      kind: 'reassign' as const,
      incidentId: id,
      by: MEGAN,
      reason: null,
      userIds: null,
      until: null,
      way: 'as-it-was' as const,
      about: null,
      subject: null,
    };
    await store.incidents.commit({
      incidents: [{ id, revision: revision + 1, ...incident }],
      verdicts: [],
      settled: [],
      outbox: [],
      decisions: [decision],
      steps: VICTIMS.map((userId, index) => ({
        decisionId: decision.id,
        stepNo: index + 1,
        action: { kind: 'add-to-group', userId, groupId: GROUP },
        undo: { kind: 'remove-from-group', userId, groupId: GROUP },
        userIds: [userId],
        status: 'planned',
        code: null,
        message: null,
        updatedAt: clock.now(),
      })),
    });
    await scan(context, { kind: 'full' }, never);
  });

  const targeted = async (): Promise<number> =>
    (await world.store.scans.recent(100)).filter(({ kind }) => kind === 'targeted').length;
  const beatFor = async (minutes: number): Promise<void> => {
    for (let at = 0; at < minutes * 12; at++) {
      world.clock.advance(5_000);
      await followUp(world.context, never);
    }
  };

  it('reads those again whom the group has not reached, with growing pauses', async () => {
    await restore(world.context, never);
    expect((await world.incident()).status).toBe('open');
    await beatFor(1);
    expect(await targeted()).toBe(3);
    world.tenant.processGroups();
    await beatFor(2);
    expect((await world.incident()).status).toBe('restored');
    await beatFor(30);
    expect(await targeted()).toBe(4);
  });

  it('says once, after half an hour, that Microsoft has not applied it', async () => {
    await restore(world.context, never);
    await beatFor(29);
    const { revision } = await world.incident();
    expect(await late()).toEqual([]);
    await beatFor(3);
    expect((await world.incident()).revision).toBe(revision + 1);
    expect(await late()).toHaveLength(5);
    await beatFor(60);
    expect((await world.incident()).revision).toBe(revision + 1);
  });

  it('brings the card up to date also when the process died right after the last write', async () => {
    await carryOut(world.context, never);
    const { revision } = await world.incident();
    world.clock.advance(3 * 60 * MINUTE);
    await followUp(world.context, never);
    expect((await world.incident()).revision).toBeGreaterThan(revision);
  });

  it('tells the card what was done even when the tenant cannot be read', async () => {
    await carryOut(world.context, never);
    const { revision } = await world.incident();
    world.tenant.usersById = async () => {
      throw new TenantReadError('unreachable', 'Graph does not answer.');
    };
    await followUp(world.context, never);
    expect((await world.incident()).revision).toBe(revision + 1);
  });
});
