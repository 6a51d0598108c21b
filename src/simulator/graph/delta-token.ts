import { Refusal } from '../http/message.ts';
import { decodeToken, encodeToken, type TokenEra } from '../odata/page-token.ts';
import type { Behaviour } from '../tenant/behaviour.ts';

/** The options of the first request, baked into every token of the round and those after it. */
export type DeltaScope = { select: string[] | null; ids: string[] | null };

/** Where a round stands: a snapshot slot by slot, or a list of changes; `order` is the change log's. */
export type DeltaState = DeltaScope & {
  phase: 'snapshot' | 'changes';
  cursor: number;
  /** Changes after this order are reported (in a snapshot: by the next round). */
  order: number;
  /** In a round of changes: the order at which the round began. */
  head: number;
  era: number;
  at: number;
};

export const encodeDelta = (state: DeltaState): string => encodeToken(state);

const DEAD: Record<Behaviour['deltaExpiry'], (restart: string) => Refusal> = {
  gone: (restart) =>
    new Refusal(410, 'syncStateInvalid', 'The sync state is too old. Start a full synchronization.', {
      headers: { location: restart },
    }),
  syncStateNotFound: () =>
    new Refusal(410, 'SyncStateNotFound', 'The sync state generation is not found; generation=1.'),
  olderThan30Days: () =>
    new Refusal(400, 'Request_UnsupportedQuery', 'DeltaLink older than 30 days is not supported.'),
};

/** The state in a token. Throws one of the three known refusals when it is dead, another when it is none. */
export function decodeDelta(
  token: string,
  context: { era: TokenEra; behaviour: Behaviour; now: number; restart: string },
): DeltaState {
  const state = decodeToken(token) as DeltaState | null;
  if (!state || typeof state.cursor !== 'number' || typeof state.at !== 'number') {
    throw new Refusal(400, 'Request_UnsupportedQuery', 'Badly formed token.');
  }
  const { era, behaviour, now, restart } = context;
  if (state.era !== era.current || now - state.at > behaviour.deltaTokenLifeMs) {
    throw DEAD[behaviour.deltaExpiry](restart);
  }
  return state;
}
