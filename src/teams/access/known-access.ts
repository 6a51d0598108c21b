import type { Access } from '../../domain/access/access.ts';
import { type Scope, sameScope } from '../../domain/access/scope.ts';
import { HOUR_MS, MINUTE_MS } from '../../domain/durations.ts';
import type { KnownAccess, KnownAccessStore } from '../../domain/ports.ts';

export type LastKnown = {
  /** Notes what somebody's roles come to, as all sources said at this time (ms UTC). */
  note(userId: string, access: Access, at: number): Promise<void>;
  /** What they might read when their roles were last known, within an hour; undefined when that is nothing. */
  sight(userId: string, now: number): Promise<Scope | undefined>;
};

/** A role that could not be read for longer than this is no role any more, ms. */
const GOOD_FOR_MS = HOUR_MS;

/** What does not change is stored again after this time, ms: not with every question. */
const STORE_AGAIN_AFTER_MS = 10 * MINUTE_MS;

/**
 * Keeps what people might read when the directory could last be asked, in memory and in the database, for the hour in
 * which it may be away. A database that fails leaves the memory.
 */
export function createLastKnown(
  store: KnownAccessStore,
  tenantId: string,
  onFailure: (source: string, error: unknown) => void,
): LastKnown {
  const memory = new Map<string, { known: KnownAccess | null; storedAt: number }>();

  async function guarded<Value>(work: () => Promise<Value>): Promise<Value | null> {
    try {
      return await work();
    } catch (error) {
      onFailure('last known roles', error);
      return null;
    }
  }

  const isGood = ({ at }: KnownAccess, now: number): boolean => Math.abs(now - at) < GOOD_FOR_MS;

  return {
    async note(userId, { role, sees }, at) {
      const known = role === 'none' ? null : { sees, at };
      const before = memory.get(userId);
      const changed =
        before === undefined ||
        (before.known === null) !== (known === null) ||
        (before.known !== null && known !== null && !sameScope(before.known.sees, known.sees));
      const isStored = changed || Math.abs(at - before.storedAt) >= STORE_AGAIN_AFTER_MS;
      memory.set(userId, { known, storedAt: isStored ? at : (before?.storedAt ?? at) });
      if (isStored) await guarded(() => store.keep(tenantId, userId, known));
      for (const [id, { storedAt }] of memory) {
        if (Math.abs(at - storedAt) > 2 * GOOD_FOR_MS) memory.delete(id);
      }
    },

    async sight(userId, now) {
      const remembered = memory.get(userId);
      const known = remembered ? remembered.known : await guarded(() => store.find(tenantId, userId));
      return known && isGood(known, now) ? known.sees : undefined;
    },
  };
}
