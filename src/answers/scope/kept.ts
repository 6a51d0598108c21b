import type { AnswerStore } from '../answer/deps.ts';

/** Keeps what was last found of each store, for the person who asks the same of the same reads. */
export type Kept<Found> = {
  /**
   * What `find` gives; what it gave before when nothing was read since and the key is the same. Who asks meanwhile
   * waits for the one who searches. What a search throws, it throws to all of them, and is not kept.
   * @param store as somebody may see it: another sight is another store
   */
  of(store: AnswerStore, key: unknown, find: () => Promise<Found>): Promise<Found>;
};

/**
 * Many people ask the same at the same time, and some lists cost a look at every user.
 * @param isSmall whether something is small enough to be kept for good
 */
export function createKept<Found>(isSmall: (found: Found) => boolean): Kept<Found> {
  const last = new WeakMap<AnswerStore, { key: string; found: Promise<Found> }>();
  return {
    async of(store, asked, find) {
      const scanId = (await store.scans.last({ outcome: 'complete' }))?.id ?? null;
      const key = JSON.stringify([scanId, asked]);
      const known = last.get(store);
      if (known?.key === key) return known.found;
      const now = { key, found: find() };
      last.set(store, now);
      const forget = (): void => {
        if (last.get(store) === now) last.delete(store);
      };
      now.found.then((found) => isSmall(found) || forget(), forget);
      return now.found;
    },
  };
}
