import { describe, expect, it } from 'vitest';
import type { KeptSentence } from '../../../../src/domain/ports.ts';
import { chunksOf } from '../../../builders/chunks.ts';
import type { Subject } from '../store-under-test.ts';

const aSentence = (over: Partial<KeptSentence> = {}): KeptSentence => ({
  id: 's1',
  at: 1_000,
  language: 'en',
  sentence: 'who licenses _',
  offered: ['who-changed', 'user-licenses'],
  pressed: null,
  ...over,
});

export function sentencesContract(subject: Subject): void {
  describe('sentences that were not understood or not clear', () => {
    const keep = async (...all: KeptSentence[]): Promise<void> => {
      for (const { pressed: _, ...one } of all) await subject.store.sentences.keep(one);
    };
    const between = async (from: number, to: number): Promise<KeptSentence[]> =>
      chunksOf(subject.store.sentences.between(from, to));

    it('are found by their time, oldest first', async () => {
      const later = aSentence({ id: 'a', at: 2_000, language: null, offered: [] });
      await keep(later, aSentence({ id: 's2' }), aSentence());
      expect(await between(0, 3_000)).toEqual([aSentence(), aSentence({ id: 's2' }), later]);
      expect(await between(1_001, 2_001)).toEqual([later]);
      expect(await between(0, 1_000)).toEqual([]);
    });

    it('are all found, also many of the same time', async () => {
      await keep(
        ...Array.from({ length: 1_001 }, (_, no) => aSentence({ id: `s${no}`, at: no < 700 ? 5 : 6 })),
      );
      const found = await between(0, 10);
      expect(new Set(found.map(({ id }) => id)).size).toBe(1_001);
      expect(found).toHaveLength(1_001);
    });

    it('know what was chosen: once, and only what was offered', async () => {
      const { sentences } = subject.store;
      await keep(aSentence(), aSentence({ id: 's2', offered: [] }));
      await sentences.press('s1', 'assign');
      await sentences.press('s2', 'history');
      await sentences.press('nobody', 'history');
      expect((await between(0, 3_000)).map(({ pressed }) => pressed)).toEqual([null, null]);
      await sentences.press('s1', 'user-licenses');
      await sentences.press('s1', 'who-changed');
      expect((await between(0, 3_000)).map(({ pressed }) => pressed)).toEqual(['user-licenses', null]);
    });

    it('are removed when they are old', async () => {
      const { sentences } = subject.store;
      const later = aSentence({ id: 's2', at: 1_001 });
      await keep(aSentence(), later);
      expect(await sentences.purge(1_001)).toBe(1);
      expect(await sentences.purge(1_001)).toBe(0);
      expect(await between(0, 3_000)).toEqual([later]);
    });
  });
}
