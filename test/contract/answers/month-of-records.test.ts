import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AskedBy, createAskWithQuery } from '../../../src/answers/ask.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { CAST_IN_DIRECTORY } from '../../builders/archive/cast.ts';
import { aMonthOfRecords } from '../../builders/archive/month-of-records.ts';
import { isAskedFor, QUESTIONS } from '../../builders/archive/questions.ts';
import { anEmptyStore } from '../../builders/storage/store-in-memory.ts';
import { scanned } from '../../unit/answers/a-watched-tenant.ts';

const NOW = Date.parse('2026-11-23T10:30:00Z');
const MONTH = aMonthOfRecords(10_000, NOW);
const AUDITOR: AskedBy = { userId: 'auditor', timeZone: 'UTC', sees: null, acts: null, mayAudit: 'yes' };

let store: Store;
beforeAll(async () => {
  store = await anEmptyStore();
  await scanned(store, CAST_IN_DIRECTORY, NOW - 60_000);
  for (let at = 0; at < MONTH.length; at += 500) {
    await store.audit.append(
      MONTH.slice(at, at + 500).map(({ record }) => record),
      NOW,
    );
  }
}, 120_000);
afterAll(() => store.close());

/** The ids of all records that an answer shows, over all its pages. */
async function idsFound(text: string): Promise<string[]> {
  const ask = createAskWithQuery({
    store,
    search: store.search,
    interpret: () => Promise.reject(new Error('a model was asked')),
    now: () => NOW,
    timeZone: 'UTC',
    incidentView: async () => null,
  });
  const { answer } = await ask(text, AUDITOR, { page: { number: 1, size: 10_000 } });
  const details = answer.blocks.flatMap((block) =>
    block.kind === 'timeline' ? block.entries.map(({ detail }) => detail ?? '') : [],
  );
  if (details.length === 0) throw new Error(`no records: ${answer.lead}`);
  return details.flatMap((detail) => detail.match(/(?<=records? )[\w-]{36,}(?=[., ])/g) ?? []);
}

describe('a month of records', () => {
  it('has what each question asks for', () => {
    const counts = QUESTIONS.map((question) => MONTH.filter(({ fact }) => isAskedFor(fact, question)).length);
    expect(counts).toEqual(QUESTIONS.map(({ count }) => count));
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });

  const cases = QUESTIONS.flatMap((question) => question.asks.map((text) => ({ text, question })));
  it.each(cases)('answers “$text”', async ({ text, question }) => {
    const wanted = MONTH.filter(({ fact }) => isAskedFor(fact, question)).map(({ fact }) => fact.id);
    expect((await idsFound(text)).toSorted()).toEqual(wanted.toSorted());
  });
});
