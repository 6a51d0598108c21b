import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import { TenantReadError, type WriteOutcome } from '../../../../src/domain/ports.ts';
import type { RestoreStep, StepAction } from '../../../../src/domain/restore/step.ts';
import { carryOut } from '../../../../src/jobs/restore/carry-out.ts';
import { aDecision, aRestoreStep } from '../../../builders/incident/decision.ts';
import { aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

const never = new AbortController().signal;
const { skuId } = anAssignment();

let world: JobWorld;
const busy: WriteOutcome = {
  ok: false,
  retryable: true,
  code: 'throttled',
  message: 'Microsoft is busy.',
  retryAfterMs: 5 * MINUTE_MS,
};
const forbidden = (): never => {
  throw new TenantReadError('forbidden', 'The app may not list the members.');
};

const assign = (userId: string): StepAction => ({
  kind: 'assign',
  userId,
  licenses: [{ skuId, disabledPlans: [] }],
});

/** A decision taken now, with one step a user. */
async function decided(id: string, userIds: readonly string[], actions = userIds.map(assign)): Promise<void> {
  const at = world.clock.now();
  world.tenant.put(...userIds.map((userId) => aUserState({ id: userId })));
  await world.store.incidents.commit({
    incidents: [],
    verdicts: [],
    settled: [],
    outbox: [],
    decisions: [aDecision({ id, at, incidentId: null })],
    steps: actions.map((action, index) =>
      aRestoreStep({
        decisionId: id,
        stepNo: index + 1,
        action,
        userIds: 'userId' in action ? [action.userId] : [],
        updatedAt: at,
      }),
    ),
  });
}

const people = (count: number): string[] => Array.from({ length: count }, (_, index) => `user-${index}`);
const steps = (id = 'decision-1'): Promise<RestoreStep[]> => world.store.decisions.stepsOf(id);
const counts = async (id?: string): Promise<Record<string, number>> => {
  const found: Record<string, number> = {};
  for (const { status } of await steps(id)) found[status] = (found[status] ?? 0) + 1;
  return found;
};
const leaveSending = async (...nos: number[]): Promise<void> => {
  const all = await steps();
  await world.store.decisions.claim(
    all.filter(({ stepNo }) => nos.includes(stepNo)),
    world.clock.now(),
  );
};

beforeEach(async () => {
  world = await aJobWorld();
});
afterEach(() => world.store.close());

describe('throttling for hours', () => {
  it('gives up on thousands together when nothing has got through for an hour', async () => {
    await decided('decision-1', people(2_000));
    world.tenant.outcomes = Array(5_000).fill(busy);
    const begun = world.clock.now();
    await carryOut(world.context, never);
    expect(await counts()).toEqual({ failed: 2_000 });
    expect(world.clock.now() - begun).toBeLessThan(HOUR_MS + 10 * MINUTE_MS);
  });

  it('goes on for as long as some get through, and turns nobody away at the first try', async () => {
    await decided('decision-1', people(400));
    // Of each batch of twenty one step is taken: four hundred need far more than an hour.
    let at = 0;
    const write = world.tenant.write.bind(world.tenant);
    world.tenant.write = async (actions) => {
      world.tenant.outcomes = actions.map(() => (at++ % 20 === 0 || at > 2_000 ? null : busy));
      return write(actions);
    };
    const begun = world.clock.now();
    await carryOut(world.context, never);
    expect(world.clock.now() - begun).toBeGreaterThan(HOUR_MS);
    expect(await counts()).toEqual({ done: 400 });
  });

  it('lets what was decided within the hour wait on', async () => {
    await decided('decision-1', people(1));
    world.tenant.outcomes = Array(200).fill(busy);
    let isLate = false;
    const sleep = world.clock.sleep.bind(world.clock);
    world.clock.sleep = async (ms, signal) => {
      await sleep(ms, signal);
      if (isLate || world.clock.now() < begun + 50 * MINUTE_MS) return;
      isLate = true;
      await decided('decision-2', ['late']);
      world.tenant.outcomes = Array(4).fill(busy);
    };
    const begun = world.clock.now();
    await carryOut(world.context, never);
    expect([await counts('decision-1'), await counts('decision-2')]).toEqual([{ failed: 1 }, { done: 1 }]);
  });
});

describe('after an outage of hours', () => {
  it('tries again what was on its way, as everything else', async () => {
    await decided('decision-1', people(3));
    await leaveSending(1, 2);
    world.clock.advance(5 * HOUR_MS);
    world.tenant.outcomes = [busy, null, null];
    await carryOut(world.context, never);
    expect(await counts()).toEqual({ done: 3 });
  });

  it('gives up on a step that breaks down whatever sends it', async () => {
    await decided('decision-1', people(1));
    world.tenant.write = async () => {
      throw new Error('the writer broke down');
    };
    for (let minute = 0; minute <= 61; minute++) {
      await carryOut(world.context, never).catch(() => undefined);
      world.clock.advance(MINUTE_MS);
    }
    await carryOut(world.context, never);
    expect(await counts()).toEqual({ failed: 1 });
  });

  it('waits without end for a tenant that does not answer', async () => {
    await decided('decision-1', people(2));
    await leaveSending(1);
    world.clock.advance(5 * HOUR_MS);
    const { alreadyApplied } = world.tenant;
    world.tenant.alreadyApplied = async () => {
      throw new TenantReadError('unreachable', 'Graph does not answer.');
    };
    expect(await carryOut(world.context, never)).toBe(0);
    expect(await counts()).toEqual({ sending: 1, planned: 1 });
    world.tenant.alreadyApplied = alreadyApplied;
    await carryOut(world.context, never);
    expect(await counts()).toEqual({ done: 2 });
  });
});

describe('a step on its way that nobody may look at', () => {
  it('fails after an hour with those that need it, and no longer holds up the others', async () => {
    await decided(
      'decision-1',
      ['user-0', 'user-1'],
      [
        { kind: 'add-to-group', userId: 'user-0', groupId: 'secret' },
        { kind: 'reprocess', userId: 'user-0' },
        assign('user-1'),
      ],
    );
    await leaveSending(1);
    world.tenant.alreadyApplied = async () => forbidden();
    await carryOut(world.context, never);
    expect(await counts()).toEqual({ sending: 1, planned: 2 });
    world.clock.advance(HOUR_MS + 1);
    await carryOut(world.context, never);
    expect((await steps()).map(({ status }) => status)).toEqual(['failed', 'skipped', 'done']);
    expect((await steps())[0]?.message).toMatch(/could not find out whether it was done\. The app may not/);
  });
});
