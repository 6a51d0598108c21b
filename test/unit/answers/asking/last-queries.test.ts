import { describe, expect, it } from 'vitest';
import { lastQueries } from '../../../../src/answers/last-queries.ts';
import { MINUTE_MS } from '../../../../src/domain/durations.ts';
import type { Query } from '../../../../src/language/query.ts';

const QUARTER_HOUR = 15 * MINUTE_MS;
const aQuery = (over: Partial<Query> = {}): Query => ({
  intent: 'history',
  people: [],
  skus: [],
  groups: [],
  range: null,
  days: null,
  unresolved: [],
  ...over,
});
const ADELE = { conversation: 'channel-1', userId: 'adele', sees: null };

describe('the last query of a person in a conversation', () => {
  const kept = (sees: ReadonlySet<string> | null = null) => {
    const clock = { now: 0 };
    const last = lastQueries(() => clock.now);
    const query = aQuery({ people: ['rick'] });
    last.keep({ ...ADELE, sees }, query);
    return { clock, last, query };
  };

  it('is known to the same person in the same conversation only', () => {
    const { last, query } = kept();
    expect(last.of(ADELE)).toBe(query);
    expect(last.of({ ...ADELE, userId: 'rick' })).toBeNull();
    expect(last.of({ ...ADELE, conversation: 'channel-2' })).toBeNull();
  });

  it('is forgotten after a quarter of an hour', () => {
    const { clock, last, query } = kept();
    clock.now = QUARTER_HOUR - 1;
    expect(last.of(ADELE)).toBe(query);
    clock.now = QUARTER_HOUR;
    expect(last.of(ADELE)).toBeNull();
  });

  it('outlives thanks, and not the next question', () => {
    const { last, query } = kept();
    last.keep(ADELE, aQuery({ intent: 'small-talk' }));
    expect(last.of(ADELE)).toBe(query);
    const next = aQuery({ intent: 'seats' });
    last.keep(ADELE, next);
    expect(last.of(ADELE)).toBe(next);
  });

  it('is forgotten when the users whom the person may see are others', () => {
    const { last, query } = kept(new Set(['rick', 'may']));
    expect(last.of({ ...ADELE, sees: new Set(['may', 'rick']) })).toBe(query);
    expect(last.of({ ...ADELE, sees: new Set(['rick']) })).toBeNull();
    expect(last.of({ ...ADELE, sees: new Set(['rick', 'may']) })).toBeNull();
  });

  it('is not kept where nobody or nowhere is known', () => {
    const { last } = kept();
    const nobody = { ...ADELE, userId: null };
    const nowhere = { userId: 'adele', sees: null };
    for (const by of [nobody, nowhere]) {
      last.keep(by, aQuery());
      expect(last.of(by)).toBeNull();
    }
  });

  it('is kept for the latest two thousand, so that memory is bounded', () => {
    const { last, query } = kept();
    const other = (no: number) => ({ ...ADELE, userId: `user-${no}` });
    for (let no = 0; no < 1_999; no++) last.keep(other(no), aQuery());
    expect(last.of(ADELE)).toBe(query);
    last.keep(other(1_999), aQuery());
    expect(last.of(ADELE)).toBeNull();
    expect(last.of(other(0))).not.toBeNull();
  });
});
