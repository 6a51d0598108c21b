import type { DetectedChange } from './change.ts';

/** Fewer users than this are never a mass loss, whatever the percentage: a small tenant is not held back. */
export const MASS_LOSS_MINIMUM_USERS = 10;

/** How many users a read takes licenses or accounts from. */
export function usersWithLosses(changes: readonly DetectedChange[]): number {
  const users = new Set<string>();
  for (const change of changes) {
    if ((change.kind === 'lost' || change.kind === 'account-removed') && change.userId)
      users.add(change.userId);
  }
  return users.size;
}

/** Whether a read takes so much at once that a second complete read must say the same before it counts. */
export const isMassLoss = (losers: number, licensedUsers: number, limitPercent: number): boolean =>
  losers >= MASS_LOSS_MINIMUM_USERS && losers * 100 >= licensedUsers * limitPercent;
