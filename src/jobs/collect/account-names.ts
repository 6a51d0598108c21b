import type { Store } from '../../domain/ports.ts';

/** Whose name something is. */
export type AccountNames = { of(name: string): string | null };

/**
 * All accounts by their user principal names. Reports come days late, so that a former name counts where nobody has
 * it now; one that two people had is nobody's.
 */
export async function accountNames({ usage }: Pick<Store, 'usage'>): Promise<AccountNames> {
  const now = new Map<string, string>();
  const former = new Map<string, string | null>();
  for await (const names of usage.names()) {
    for (const { userId, name, former: isFormer } of names) {
      if (!isFormer) now.set(name, userId);
      else former.set(name, former.has(name) && former.get(name) !== userId ? null : userId);
    }
  }
  return { of: (name) => now.get(name) ?? former.get(name) ?? null };
}
