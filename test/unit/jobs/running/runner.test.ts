import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lease } from '../../../../src/jobs/lease.ts';
import { createRunner, JobIncomplete, type Work } from '../../../../src/jobs/running/runner.ts';
import { aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';

let world: JobWorld;
beforeEach(async () => {
  world = await aJobWorld();
});
afterEach(() => world.store.close());

async function ran(work: Work, leads = true) {
  const lease = { within: (inside: () => Promise<unknown>) => inside() } as unknown as Lease;
  const { context } = world;
  const finished: boolean[] = [];
  const metrics = { ...context.metrics, jobFinished: (_: string, ok: boolean) => void finished.push(ok) };
  const runner = createRunner({
    context: { ...context, metrics },
    lease,
    signal: new AbortController().signal,
    leads: () => leads,
    unnoted: new Set(),
    onLeaseLost: () => undefined,
  });
  runner.run('collect', work);
  await runner.ended();
  return { finished, noted: await world.store.jobs.last('collect') };
}

describe('a run of a job', () => {
  it('that did its work is a success', async () => {
    const { finished, noted } = await ran(async () => undefined);
    expect(finished).toEqual([true]);
    expect(noted?.lastSuccessAt).toBe(world.clock.now());
  });

  it.each([
    ['that did a part of it', new JobIncomplete('The unified audit log refused.')],
    ['that threw', new Error('boom')],
  ])('%s is none', async (_, error) => {
    const { finished, noted } = await ran(async () => {
      throw error;
    });
    expect(finished).toEqual([false]);
    expect(noted).toMatchObject({ lastSuccessAt: null });
  });

  it('in a process without the lease does nothing and notes nothing', async () => {
    let worked = false;
    const { finished, noted } = await ran(async () => {
      worked = true;
    }, false);
    expect({ worked, finished, noted }).toEqual({ worked: false, finished: [], noted: null });
  });
});
