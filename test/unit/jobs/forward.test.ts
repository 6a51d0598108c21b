import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import type { BatchOutcome, SiemLine, SiemSender } from '../../../src/domain/ports/forwarding.ts';
import { forward } from '../../../src/jobs/forward/forward.ts';
import { anArchivedEvent } from '../../builders/audit/archived-event.ts';
import { aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';

const NEVER = new AbortController().signal;
const TAKEN: BatchOutcome = { kind: 'taken' };

/** A SIEM that answers as it is told, and keeps what it took. */
class FakeSiem implements SiemSender {
  readonly name = 'https://siem.example/in';
  readonly batches: string[][] = [];
  answer: (lines: readonly SiemLine[]) => BatchOutcome = () => TAKEN;

  async send(lines: readonly SiemLine[]): Promise<BatchOutcome> {
    const outcome = this.answer(lines);
    if (outcome.kind === 'taken') this.batches.push(lines.map(({ json }) => json));
    return outcome;
  }

  get records(): unknown[] {
    return this.batches.flat().filter((json) => !json.includes('archive-head'));
  }
}

let world: JobWorld;
let siem: FakeSiem;
const run = () => forward(world.context, { sender: siem, format: 'raw' }, NEVER);
const state = () => world.store.forwarding.state(siem.name);
const store = (...ids: string[]) =>
  world.store.audit.append(
    ids
      .map((id) => anArchivedEvent({ id }))
      .map((event) => ({ ...event, raw: `{"Id":"${event.event.id}"}` })),
    world.clock.now(),
  );

beforeEach(async () => {
  world = await aJobWorld();
  siem = new FakeSiem();
});
afterEach(() => world.store.close());

describe('passing records on', () => {
  it('sends each record once, in the order in which they were stored, and then nothing', async () => {
    await store('a', 'b');
    expect(await run()).toBeNull();
    await store('c', 'b');
    await run();
    await run();
    expect(siem.records).toEqual(['{"Id":"a"}', '{"Id":"b"}', '{"Id":"c"}']);
    expect(await state()).toMatchObject({ sent: 3, refused: 0, failures: 0 });
  });

  it('goes through many records in batches that a request holds', async () => {
    await store(...Array.from({ length: 1_203 }, (_, index) => `r${index}`));
    await run();
    expect(siem.records).toHaveLength(1_203);
    expect(Math.max(...siem.batches.map((batch) => batch.length))).toBeLessThanOrEqual(501);
  });

  it('cuts batches by their text, and sends a record that is longer by itself', async () => {
    const long = 'x'.repeat(700_000);
    await world.store.audit.append(
      ['a', 'b', 'c'].map((id) => ({ ...anArchivedEvent({ id }), raw: `{"Id":"${id}","x":"${long}"}` })),
      world.clock.now(),
    );
    await run();
    expect(siem.batches.map((batch) => batch.filter((json) => !json.includes('head')).length)).toEqual([
      1, 1, 1,
    ]);
  });

  it('keeps a record with line ends on one line', async () => {
    await world.store.audit.append([{ ...anArchivedEvent({ id: 'a' }), raw: '{\n"Id": "a"\r\n}' }], 0);
    await run();
    expect(siem.records).toEqual(['{"Id":"a"}']);
  });

  it('sends a batch again when the process dies before it is noted: at least once', async () => {
    await store('a');
    world.context.onStep = (step) => {
      if (step === 'forward:sent') throw new Error('dies');
    };
    await expect(run()).rejects.toThrow('dies');
    world.context.onStep = () => undefined;
    await run();
    expect(siem.records).toEqual(['{"Id":"a"}', '{"Id":"a"}']);
  });
});

describe('a SIEM that does not take them', () => {
  it('is tried again after a pause that grows, and says since when', async () => {
    await store('a');
    siem.answer = () => ({ kind: 'failed', reason: 'HTTP 503', retryAfterMs: null });
    expect(await run()).toBe('The SIEM does not take audit records (1 try in a row): HTTP 503');
    const since = world.clock.now();
    await run();
    expect(await state()).toMatchObject({ failures: 1, failingSince: since, rowNo: 0 });
    await world.clock.sleep(6_000);
    await run();
    expect(await state()).toMatchObject({ failures: 2, failingSince: since });
    siem.answer = () => TAKEN;
    await world.clock.sleep(MINUTE_MS);
    expect(await run()).toBeNull();
    expect(siem.records).toEqual(['{"Id":"a"}']);
    expect(await state()).toMatchObject({ failures: 0, failingSince: null, problem: null });
  });

  it('is left alone for as long as it asks', async () => {
    await store('a');
    siem.answer = () => ({ kind: 'failed', reason: 'HTTP 429', retryAfterMs: 10 * MINUTE_MS });
    await run();
    siem.answer = () => TAKEN;
    await world.clock.sleep(9 * MINUTE_MS);
    await run();
    expect(siem.records).toEqual([]);
    await world.clock.sleep(2 * MINUTE_MS);
    await run();
    expect(siem.records).toHaveLength(1);
  });

  it.each(['refused', 'too-large'] as const)('gets all others when one record is %s', async (kind) => {
    await store(...Array.from({ length: 40 }, (_, index) => (index === 17 ? 'bad' : `r${index}`)));
    siem.answer = (lines) =>
      lines.some(({ json }) => json.includes('bad')) ? { kind, reason: 'HTTP 400, no' } : TAKEN;
    await run();
    expect(siem.records).toHaveLength(39);
    expect(await state()).toMatchObject({ sent: 39, refused: 1, failures: 0 });
    expect(world.warnings.join()).toContain('refused a record');
  });
});

describe('the head of the archive', () => {
  it('goes along once an hour where it has moved', async () => {
    const heads = () => siem.batches.flat().filter((json) => json.includes('archive-head')).length;
    await store('a');
    await run();
    await store('b');
    await run();
    expect(heads()).toBe(1);
    await world.clock.sleep(HOUR_MS);
    await run();
    await world.clock.sleep(HOUR_MS);
    await run();
    expect(heads()).toBe(2);
  });
});
