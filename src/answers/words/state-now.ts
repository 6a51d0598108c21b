import { heldSkus } from '../../domain/license/user-state.ts';
import type { ExplainedChange, StoredUser } from '../../domain/ports.ts';

/** Whether what a change took is back: "not restored", "restored". */
export function stateNow({ change }: ExplainedChange, user: StoredUser | undefined): string {
  if (!user || user.removedAt !== null) return 'account deleted';
  if (change.skuId === null) return 'account is back';
  return heldSkus(user.state).has(change.skuId) ? 'restored' : 'not restored';
}
