import { describe, expect, it } from 'vitest';
import type { AnswerStore } from '../../../../src/answers/answer/deps.ts';
import { createKept } from '../../../../src/answers/scope/kept.ts';

/** A store of which only the last scan matters. */
function aStore(): { store: AnswerStore; scans: { id: string } } {
  const scans = { id: 'first' };
  const store = { scans: { last: async () => ({ id: scans.id }) } } as unknown as AnswerStore;
  return { store, scans };
}

function aSearch() {
  const search = { runs: 0, find: async () => `found ${++search.runs}` };
  return search;
}

describe('what was found', () => {
  it('is found once for all who ask the same, at the same time and afterwards', async () => {
    const { store } = aStore();
    const search = aSearch();
    const kept = createKept<string>(() => true);
    const all = await Promise.all(Array.from({ length: 20 }, () => kept.of(store, ['a'], search.find)));
    expect(new Set(all)).toEqual(new Set(['found 1']));
    expect(await kept.of(store, ['a'], search.find)).toBe('found 1');
  });

  it('is found again after a scan, for another question, and for another sight', async () => {
    const { store, scans } = aStore();
    const search = aSearch();
    const kept = createKept<string>(() => true);
    await kept.of(store, ['a'], search.find);
    scans.id = 'second';
    expect(await kept.of(store, ['a'], search.find)).toBe('found 2');
    expect(await kept.of(store, ['b'], search.find)).toBe('found 3');
    expect(await kept.of({ ...store }, ['b'], search.find)).toBe('found 4');
  });

  it('is not kept when it is large, or when the search failed', async () => {
    const { store } = aStore();
    const search = aSearch();
    const kept = createKept<string>((found) => found !== 'found 1');
    await kept.of(store, ['a'], search.find);
    expect(await kept.of(store, ['a'], search.find)).toBe('found 2');
    const broken = kept.of(store, ['b'], async () => Promise.reject(new Error('broken')));
    await expect(broken).rejects.toThrow('broken');
    expect(await kept.of(store, ['b'], search.find)).toBe('found 3');
  });
});
