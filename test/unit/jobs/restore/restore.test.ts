import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import type { WriteOutcome } from '../../../../src/domain/ports.ts';
import { TenantReadError } from '../../../../src/domain/ports.ts';
import type { RestoreStep } from '../../../../src/domain/restore/step.ts';
import { decide } from '../../../../src/jobs/decisions/decide.ts';
import { createLease } from '../../../../src/jobs/lease.ts';
import { carryOut } from '../../../../src/jobs/restore/carry-out.ts';
import { createProgress } from '../../../../src/jobs/restore/progress.ts';
import { scan } from '../../../../src/jobs/scan/scan.ts';
import { verify } from '../../../../src/jobs/upkeep/verify.ts';
import { someHolders } from '../../../builders/jobs/holders.ts';
import { aMorning, MEGAN, type Morning, OPERATOR, VICTIMS } from '../../../builders/jobs/morning.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { restore } from '../../../builders/restore/restore.ts';

const never = new AbortController().signal;

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
    expect(world.clock.now() - begun).toBeGreaterThan(HOUR_MS);
    expect(world.clock.now() - begun).toBeLessThan(63 * MINUTE_MS);
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
    const standing = world.tenant.alreadyApplied.bind(world.tenant);
    world.tenant.alreadyApplied = async () => {
      throw new TenantReadError('unreachable', 'Graph does not answer.');
    };
    expect(await carryOut(world.context, never)).toBe(0);
    expect(written()).toEqual([]);
    world.tenant.alreadyApplied = standing;
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
    const other = createLease(store.leases, someHolders('another process', clock), 'restore');
    expect(await other.hold()).toBe(true);
    expect(await carryOut(context, never)).toBe(0);
    expect(written()).toEqual([]);
    clock.advance(4 * MINUTE_MS);
    expect(await carryOut(context, never)).toBe(5);
  });
});

describe('comparing incidents with what was read', () => {
  it('does not judge a user before their steps are done', async () => {
    await press();
    const had = VICTIMS.map((id) => aUserState({ id, assignments: [anAssignment()] }));
    world.tenant.put(...had);
    await scan(world.context, { kind: 'full' }, never);
    expect(await verify(world.context)).toBe(0);
    await carryOut(world.context, never);
    expect(await verify(world.context)).toBe(1);
    expect((await world.incident()).status).toBe('restored');
  });

  it('takes nobody for restored whose license an undo has still to take', async () => {
    await press();
    await restore(world.context, never);
    const { id } = await world.incident();
    const [reassign] = await world.store.decisions.byIncident(id);
    const undo = { kind: 'undo', incidentId: id, decisionId: reassign?.id ?? '' } as const;
    expect(await decide(world.context, undo, MEGAN, OPERATOR)).toEqual({ kind: 'accepted' });
    await scan(world.context, { kind: 'full' }, never);
    await verify(world.context);
    expect(await world.incident()).toMatchObject({ status: 'open', restoredUserIds: [] });
    await restore(world.context, never);
    await verify(world.context);
    expect(await world.incident()).toMatchObject({ status: 'open', restoredUserIds: [], undoneUserIds: [] });
  });
});
