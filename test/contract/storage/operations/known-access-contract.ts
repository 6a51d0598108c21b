import { describe, expect, it } from 'vitest';
import type { Subject } from '../store-under-test.ts';

export function knownAccessContract(subject: Subject): void {
  describe('what people might read when their roles were last known', () => {
    it('is kept by tenant and person, and replaced', async () => {
      const { knownAccess } = subject.store;
      expect(await knownAccess.find('t1', 'u1')).toBeNull();
      await knownAccess.keep('t1', 'u1', { sees: null, at: 1_000 });
      await knownAccess.keep('t1', 'u2', { sees: new Set(['a', 'b']), at: 2_000 });
      await knownAccess.keep('t2', 'u1', { sees: new Set(), at: 3_000 });
      expect(await knownAccess.find('t1', 'u1')).toEqual({ sees: null, at: 1_000 });
      expect(await knownAccess.find('t1', 'u2')).toEqual({ sees: new Set(['a', 'b']), at: 2_000 });
      expect(await knownAccess.find('t2', 'u1')).toEqual({ sees: new Set(), at: 3_000 });
      await knownAccess.keep('t1', 'u1', { sees: new Set(['c']), at: 4_000 });
      expect(await knownAccess.find('t1', 'u1')).toEqual({ sees: new Set(['c']), at: 4_000 });
    });

    it('goes with the role', async () => {
      const { knownAccess } = subject.store;
      await knownAccess.keep('t1', 'u1', { sees: null, at: 1_000 });
      await knownAccess.keep('t1', 'u1', null);
      await knownAccess.keep('t1', 'u1', null);
      expect(await knownAccess.find('t1', 'u1')).toBeNull();
    });
  });
}
