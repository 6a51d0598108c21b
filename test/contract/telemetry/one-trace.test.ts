import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadIncidentView } from '../../../src/answers/incident.ts';
import type { JobContext } from '../../../src/jobs/context.ts';
import { deliver } from '../../../src/jobs/delivery/deliver.ts';
import { attributeDue } from '../../../src/jobs/explain/attribute.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import { createLogger } from '../../../src/observability/logger.ts';
import { startTelemetry } from '../../../src/observability/telemetry/start-telemetry.ts';
import type { Tracing } from '../../../src/observability/tracing.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';
import { OtlpReceiver, type ReceivedSpan } from './otlp-receiver.ts';

const signal = new AbortController().signal;
const VICTIMS = ['user-0', 'user-1'];

let receiver: OtlpReceiver;
let world: JobWorld;
beforeEach(async () => {
  receiver = await OtlpReceiver.open();
  world = await aJobWorld();
});
afterEach(async () => {
  await world.store.close();
  await receiver.close();
});

/** Works as a process of its own, which begins with nothing but the database. */
async function inOneProcess<Result>(work: (context: JobContext) => Promise<Result>): Promise<Result> {
  const telemetry = startTelemetry({
    endpoint: receiver.endpoint,
    headers: { 'x-key': 'of the receiver' },
    serviceName: 'license-watch-test',
    now: () => Date.now(),
    log: createLogger({ level: 'silent', to: 'stderr' }),
  });
  try {
    return await work({ ...world.context, tracing: telemetry.tracing });
  } finally {
    await telemetry.stop();
  }
}

const named = (name: string): ReceivedSpan => {
  const found = receiver.spans.find((span) => span.name === name);
  if (!found) throw new Error(`no span is named ${name}`);
  return found;
};

async function aLoss(): Promise<void> {
  const { tenant, clock, store } = world;
  tenant.put(...VICTIMS.map((id) => aUserState({ id, displayName: id, assignments: [anAssignment()] })));
  tenant.state = { skus: [aSkuState({ enabled: 25 })], subscriptions: [], groups: [] };
  await store.conversations.upsert(aChannel());
  await scan(world.context, { kind: 'full' }, signal);
  clock.advance(300_000);
  tenant.strip(...VICTIMS);
}

describe('the trace of a change', () => {
  it('goes from the read to the card, over jobs and restarts', async () => {
    await aLoss();
    await inOneProcess((context) => scan(context, { kind: 'full' }, signal));
    world.clock.advance(60_001);
    await inOneProcess((context) => attributeDue(context));
    const view: Parameters<typeof deliver>[1] = (id, sees) =>
      loadIncidentView(world.store, id, { now: world.clock.now(), sees });
    await inOneProcess((context) => deliver(context, view));

    const way = ['scan', 'attribute', 'incident', 'outbox', 'deliver'].map(named);
    expect(new Set(way.map(({ traceId }) => traceId)).size).toBe(1);
    expect(way[0]?.parentSpanId ?? '').toBe('');
    for (const [index, span] of way.slice(1).entries()) {
      expect(span.parentSpanId, span.name).toBe(way[index]?.spanId);
    }
    expect([...receiver.services]).toEqual(['license-watch-test']);
    expect([...receiver.keys]).toEqual(['of the receiver']);
    expect(named('scan').attributes).toMatchObject({
      'license_watch.outcome': 'complete',
      'license_watch.changes': 2,
    });
    for (const id of VICTIMS) expect(receiver.text).not.toContain(id);
  });

  it('goes on below the card that was not taken, once it is', async () => {
    await aLoss();
    await inOneProcess((context) => scan(context, { kind: 'full' }, signal));
    world.clock.advance(60_001);
    await attributeDue(world.context);
    const view: Parameters<typeof deliver>[1] = (id, sees) =>
      loadIncidentView(world.store, id, { now: world.clock.now(), sees });
    world.notifier.failures.push({
      ok: false,
      retryable: true,
      about: 'teams',
      reason: 'Teams failed (503).',
    });
    await inOneProcess((context) => deliver(context, view));
    world.clock.advance(3_600_000);
    await inOneProcess((context) => deliver(context, view));

    const tries = receiver.spans.filter(({ name }) => name === 'deliver');
    expect(tries.map(({ status }) => status.code)).toEqual([2, 0]);
    expect(tries[0]?.attributes['error.type']).toBe('teams');
    const waits = receiver.spans.filter(({ name }) => name === 'outbox');
    expect(waits).toHaveLength(1);
    for (const one of tries)
      expect(one).toMatchObject({ parentSpanId: waits[0]?.spanId, traceId: named('scan').traceId });
  });

  it('says by a code why a read is incomplete, and not in words that may name somebody', async () => {
    world.tenant.put(aUserState());
    world.tenant.failure = new Error('no word about Patti Fernandez');
    await inOneProcess((context) => scan(context, { kind: 'full' }, signal));
    expect(named('scan')).toMatchObject({ status: { code: 2 }, attributes: { 'error.type': 'internal' } });
    expect(receiver.text).not.toContain('Patti');
  });
});

describe('a receiver that is down', () => {
  it('holds nothing up', async () => {
    await aLoss();
    await receiver.close();
    const record = await inOneProcess((context) => scan(context, { kind: 'full' }, signal));
    expect(record.outcome).toBe('complete');
    receiver = await OtlpReceiver.open();
  });
});

describe('work that starts beside a span', () => {
  it('is none of its children', async () => {
    await inOneProcess(async ({ tracing }: { tracing: Tracing }) => {
      await tracing.within('job', {}, async () => {
        await tracing.apart(() => tracing.within('call', { onlyWithin: true }, async () => undefined));
        await tracing.within('call inside', { onlyWithin: true }, async () => undefined);
      });
    });
    expect(receiver.spans.map(({ name }) => name).toSorted()).toEqual(['call inside', 'job']);
  });
});
