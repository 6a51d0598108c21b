import cron from 'node-cron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import { TenantReadError } from '../../../src/domain/ports.ts';
import { createLease } from '../../../src/jobs/lease.ts';
import { catchUp } from '../../../src/jobs/running/catch-up.ts';
import { didOf } from '../../../src/jobs/running/did.ts';
import { type Job, jobTable } from '../../../src/jobs/running/job-table.ts';
import { JobIncomplete } from '../../../src/jobs/running/runner.ts';
import { someHolders } from '../../builders/jobs/holders.ts';
import { aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';

const never = new AbortController().signal;
const SETTINGS = {
  scan: '*/5 * * * *',
  fullScan: '0 * * * *',
  collect: '*/10 * * * *',
  auditCheck: '*/30 * * * *',
  auditRetentionDays: null,
  confirmAfterMs: 30_000,
};

let world: JobWorld;
let started: [string, number][];
let table: readonly Job[];
beforeEach(async () => {
  world = await aJobWorld();
  world.tenant.put(
    ...Array.from({ length: 40 }, (_, n) => aUserState({ id: `user-${n}`, assignments: [anAssignment()] })),
  );
  started = [];
  table = jobTable(world.context, SETTINGS, {
    runDueWorkSoon: () => undefined,
    startLater: (name, ms) => void started.push([name, ms]),
  });
});
afterEach(() => world.store.close());

const job = (name: string): Job => {
  const found = table.find((entry) => entry.name === name);
  if (!found) throw new Error(`no job ${name}`);
  return found;
};

describe('the table of jobs', () => {
  it('has a name of its own for each, and one queue for both kinds of scan', () => {
    expect(new Set(table.map(({ name }) => name)).size).toBe(table.length);
    expect(table.filter(({ name, runsAs = name }) => runsAs === 'scan').map(({ name }) => name)).toEqual([
      'full-scan',
      'scan',
    ]);
  });

  it('says of each run what it did', async () => {
    const silent: string[] = [];
    for (const { name, work } of table) {
      const result = await work(never).catch((error: unknown) => {
        if (error instanceof JobIncomplete) return { incomplete: true };
        throw error;
      });
      if (Object.keys(didOf(result)).length === 0) silent.push(name);
    }
    expect(silent).toEqual([]);
  });

  it('has a full read confirm a read that was held, after the pause', async () => {
    await job('full-scan').work(never);
    for (let n = 0; n < 30; n++) world.tenant.strip(`user-${n}`);
    await job('full-scan').work(never);
    expect(started).toEqual([['full-scan', 30_000]]);
  });

  it('counts a read that the tenant refuses as incomplete, with the reason', async () => {
    world.tenant.failure = new TenantReadError('server-error', 'Graph answered 500.');
    await expect(job('full-scan').work(never)).rejects.toThrow(JobIncomplete);
    await expect(job('scan').work(never)).rejects.toThrow('Graph answered 500.');
  });
});

describe('the questions of whether the tenant audits', () => {
  it('are asked each hour, however rare the schedule makes them', async () => {
    const asked: number[] = [];
    world.context.auditing = {
      ask: async () => {
        asked.push(world.clock.now());
        return { state: 'on', detail: null };
      },
    };
    const began = world.clock.now();
    for (let half = 0; half < 10; half++) {
      await job('own-access').work(never);
      world.clock.advance(30 * MINUTE_MS);
    }
    expect(asked.map((at) => (at - began) / MINUTE_MS)).toEqual([0, 60, 120, 180, 240]);
  });

  it('are not asked once more where the schedule has asked', async () => {
    let asked = 0;
    world.context.auditing = {
      ask: async () => {
        asked++;
        return { state: 'on', detail: null };
      },
    };
    await job('auditing').work(never);
    world.clock.advance(30 * MINUTE_MS);
    await job('own-access').work(never);
    expect(asked).toBe(1);
  });
});

describe('catching up', () => {
  const missed = async (): Promise<string[]> => {
    const lease = createLease(world.store.leases, someHolders('this process', world.clock));
    await lease.hold();
    const names: string[] = [];
    const jobs = table.map(({ name, schedule, lastRun }) => ({
      lastRun,
      runs: cron.createTask(schedule, () => undefined, { timezone: 'UTC' }),
      start: () => void names.push(name),
    }));
    await catchUp(world.context, lease, jobs);
    await lease.release();
    return names;
  };

  it('starts every job that never ran, a full read before a quick one', async () => {
    expect(await missed()).toEqual(table.map(({ name }) => name));
  });

  it('starts by name what missed its run, and nothing else', async () => {
    await job('full-scan').work(never);
    for (const name of [
      'collect',
      'detect',
      'auditing',
      'own-access',
      'notifications',
      'purge',
      'archive-head',
      'credential',
      'sign-ins',
      'license-dates',
      'usage',
    ]) {
      await world.store.jobs.started(name, world.clock.now());
    }
    expect(await missed()).toEqual([]);
    await world.clock.sleep(6 * MINUTE_MS);
    expect(await missed()).toContain('scan');
    expect(await missed()).not.toContain('purge');
  });
});
