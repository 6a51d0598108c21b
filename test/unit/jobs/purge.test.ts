import { describe, expect, it } from 'vitest';
import { generalPolicy } from '../../../src/domain/archive/retention.ts';
import { DAY_MS } from '../../../src/domain/durations.ts';
import { purge } from '../../../src/jobs/collect/purge.ts';
import { anArchivedEvent } from '../../builders/audit/archived-event.ts';
import { chunksOf } from '../../builders/chunks.ts';
import { aJobWorld } from '../../builders/jobs/job-context.ts';

describe('the purge of audit records', () => {
  it.each([
    ['removes what is older than it is to be kept', 30, ['day 29']],
    ['keeps everything when nothing is set', null, ['day 31', 'day 29']],
  ])('%s, and says how many', async (_, keptDays, left) => {
    const { context, store, clock } = await aJobWorld();
    const told: object[] = [];
    const log = { ...context.log, info: (data: object) => told.push(data) };
    const now = clock.now();
    await store.audit.append(
      [31, 29].map((days) => anArchivedEvent({ id: `day ${days}`, at: now - days * DAY_MS })),
      now,
    );
    const removed = await purge({ ...context, log, retention: async () => [generalPolicy(keptDays)] });
    const kept = await store.audit.find({ from: 0, to: now });
    expect(kept.map(({ id }) => id)).toEqual(left);
    expect(removed).toBe(2 - left.length);
    expect(told).toEqual(keptDays === null ? [] : [{ policy: 'AUDIT_RETENTION_DAYS', removed: 1 }]);
    await store.close();
  });
});

describe('the purge of sentences', () => {
  it('removes those of more than 90 days ago, whatever is set for the records', async () => {
    const { context, store, clock } = await aJobWorld();
    for (const days of [91, 89]) {
      const at = clock.now() - days * DAY_MS;
      await store.sentences.keep({ id: `day ${days}`, at, language: null, sentence: '_', offered: [] });
    }
    await purge(context);
    const left = await chunksOf(store.sentences.between(0, clock.now()));
    expect(left.map(({ id }) => id)).toEqual(['day 89']);
    await store.close();
  });
});
