import { afterEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../src/domain/durations.ts';
import type { RecordSearch, SearchCursor, Store } from '../../../../src/domain/ports.ts';
import { term } from '../../../../src/domain/search/index-terms.ts';
import { openStore } from '../../../../src/storage/open-store.ts';
import { aDeletedFile } from '../../../builders/audit/activity-record.ts';

const [LEE, INES] = ['lee@fabrikam.example', 'ines@fabrikam.example'];
const noon = Date.parse('2026-11-23T12:00:00Z');
/** More than are looked up by their numbers. */
const MANY = 2_400;

/** One of a hundred is by Lee; every seventh came late, long after those around it. */
const RECORDS = Array.from({ length: MANY }, (_, number) =>
  aDeletedFile(
    { by: number % 100 === 0 ? LEE : INES, at: noon + number * MINUTE_MS },
    number % 400 === 0 ? `Ledger quarter ${number}.docx` : `Budget quarter ${number}.docx`,
    'Finance',
  ),
);
const INGESTED = [
  ...RECORDS.filter((_, number) => number % 7 !== 0),
  ...RECORDS.filter((_, number) => number % 7 === 0),
];

let store: Store | null = null;
afterEach(async () => {
  await store?.close();
  store = null;
});

async function numbersOf(asked: Partial<RecordSearch>): Promise<number[]> {
  store = await openStore({ url: 'file::memory:' });
  await store.audit.append(INGESTED, noon);
  const found: number[] = [];
  let after: SearchCursor | null = null;
  do {
    const page = await store.search.find(
      { from: 0, to: noon + MANY * MINUTE_MS, allOf: [], text: null, ...asked },
      500,
      after,
    );
    found.push(...page.map(({ at }) => (at - noon) / MINUTE_MS));
    after = page.length === 500 ? (page.at(-1) ?? null) : null;
  } while (after !== null);
  return found;
}

const newestFirst = (fits: (number: number) => boolean): number[] =>
  RECORDS.map((_, number) => number)
    .filter(fits)
    .reverse();

describe('a search for words in an archive of many records', () => {
  it.each([
    { words: 'that nearly all records have', asked: { text: 'budget' }, fits: (n: number) => n % 400 !== 0 },
    { words: 'that few have', asked: { text: 'ledger' }, fits: (n: number) => n % 400 === 0 },
    {
      words: 'that nearly all have, of somebody who did little',
      asked: { text: 'quarter', allOf: [[term.by(LEE)]] },
      fits: (n: number) => n % 100 === 0,
    },
    {
      words: 'that few have, of one of two people',
      asked: { text: 'ledger', allOf: [[term.by(LEE), term.by('nobody')]] },
      fits: (n: number) => n % 400 === 0,
    },
    {
      words: 'of a stretch of time',
      asked: { text: 'quarter', from: noon + 100 * MINUTE_MS, to: noon + 700 * MINUTE_MS },
      fits: (n: number) => n >= 100 && n < 700,
    },
  ])('finds those $words, newest first, over all pages', async ({ asked, fits }) => {
    expect(await numbersOf(asked)).toEqual(newestFirst(fits));
  });
});
