import type { Store } from '../domain/ports.ts';

/** Lets the database watch this tenant; closes it again where it watches another one, and throws StorageError. */
export async function claimTenant(store: Pick<Store, 'scans' | 'close'>, tenantId: string): Promise<void> {
  try {
    await store.scans.claimTenant(tenantId);
  } catch (error) {
    await store.close();
    throw error;
  }
}
