import { heldSkus } from '../../domain/license/user-state.ts';
import { TenantReadError } from '../../domain/ports.ts';
import { guessAccount } from '../../domain/spend/account-guess.ts';
import type { JobContext } from '../context.ts';

/** Of a small tenant everybody is asked about; of a large one only who may be no person. */
const ALL_UP_TO = 2_000;
/** Most that are asked about in a day: 250 batches of twenty. */
const MOST = 5_000;

/**
 * Reads what the mailboxes of accounts with a license are for (`userPurpose`), once with the usage reports. Where
 * that is not allowed, or not now, what accounts are stays a guess by their names, and nothing fails.
 */
export async function readPurposes(context: JobContext, signal: AbortSignal): Promise<void> {
  const { store, reader, clock, log } = context;
  const licensed: string[] = [];
  const odd: string[] = [];
  for await (const chunk of store.users.all()) {
    for (const { state, removedAt } of chunk) {
      if (removedAt !== null || heldSkus(state).size === 0) continue;
      if (licensed.length <= ALL_UP_TO) licensed.push(state.id);
      if (state.accountEnabled === false || guessAccount(state, false).kind !== 'person') odd.push(state.id);
    }
  }
  const wanted = (licensed.length <= ALL_UP_TO ? licensed : odd).slice(0, MOST);
  try {
    await store.usage.addPurposes(clock.now(), await reader.mailboxPurposes(wanted, signal));
  } catch (error) {
    if (!(error instanceof TenantReadError) || error.code === 'cancelled') throw error;
    log.info({ code: error.code, reason: error.message }, 'what mailboxes are for is not known');
  }
}
