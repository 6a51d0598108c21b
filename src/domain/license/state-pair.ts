import type { UserState } from './user-state.ts';

/** A user whose stored state differs from what was read; `before` null: never seen; `after` null: gone. */
export type StatePair = { before: UserState | null; after: UserState | null };
