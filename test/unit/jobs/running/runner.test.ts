import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lease } from '../../../../src/jobs/lease.ts';
import { createRunner, JobIncomplete, type Work } from '../../../../src/jobs/running/runner.ts';
import { aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';

let world: JobWorld;
beforeEach(async () => {
  world = await aJobWorld();
});
afterEach(() => world.store.close());

type Line = { level: string; data: object; message: string };

async function ran(work: Work, leads = true, unnoted: readonly string[] = []) {
  const lease = { within: (inside: () => Promise<unknown>) => inside() } as unknown as Lease;
  const { context } = world;
  const finished: boolean[] = [];
  const lines: Line[] = [];
  const at = (level: string) => (data: object, message: string) => void lines.push({ level, data, message });
  const log = { info: at('info'), warn: at('warn'), error: at('error') };
  const metrics = { ...context.metrics, jobFinished: (_: string, ok: boolean) => void finished.push(ok) };
  const runner = createRunner({
    context: { ...context, metrics, log },
    lease,
    signal: new AbortController().signal,
    leads: () => leads,
    unnoted: new Set(unnoted),
    onLeaseLost: () => undefined,
  });
  runner.run('collect', work);
  await runner.ended();
  return { finished, lines, noted: await world.store.jobs.last('collect') };
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

  it('leaves one line, with what it did and how long it took', async () => {
    const { lines } = await ran(async () => {
      world.clock.advance(1_500);
      return { records: 12, problems: ['not a fact'] };
    });
    expect(lines).toEqual([
      { level: 'info', data: { job: 'collect', ms: 1_500, records: 12 }, message: 'job finished' },
    ]);
  });

  it.each<[string, Error, string, string]>([
    ['that did a part of it', new JobIncomplete('The log refused.'), 'warn', 'job is incomplete'],
    ['that threw', new Error('boom'), 'error', 'job failed'],
  ])('%s leaves one line, with its name and how long it took', async (_, error, level, message) => {
    const { lines } = await ran(async () => {
      world.clock.advance(20);
      throw error;
    });
    expect(lines).toMatchObject([{ level, data: { job: 'collect', ms: 20 }, message }]);
  });

  it.each([
    [{ explained: 0, delivered: 0, again: false }, 0],
    [{ explained: 0, delivered: 2 }, 1],
  ])('that looks for due work leaves a line only where there was some: %j', async (did, count) => {
    const { lines } = await ran(async () => did, true, ['collect']);
    expect(lines).toHaveLength(count);
  });

  it('in a process without the lease does nothing and notes nothing', async () => {
    let worked = false;
    const { finished, noted, lines } = await ran(async () => {
      worked = true;
    }, false);
    expect({ worked, finished, noted, lines }).toEqual({
      worked: false,
      finished: [],
      noted: null,
      lines: [],
    });
  });
});
