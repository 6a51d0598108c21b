import type { UserState } from './user-state.ts';

/** A user as the store knows them; `removedAt` when the account is gone. */
export type StoredUser = {
  state: UserState;
  firstSeenAt: number;
  removedAt: number | null;
  formerNames: string[];
};
