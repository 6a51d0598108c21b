import type { ExplainedChange } from '../attribution/explained-change.ts';
import type { StoredUser } from '../license/stored-user.ts';
import type { RestoreFacts } from '../restore/plan-types.ts';
import { presentAmong } from './context.ts';

/** What is stored of an incident, as a card and a decision load it. */
type Stored = Pick<RestoreFacts, 'tenant' | 'now' | 'productName' | 'servicePlanName'> & {
  changes: readonly ExplainedChange[];
  users: readonly StoredUser[];
};

/**
 * The facts that a plan is made from: the card that shows it and the decision that carries it out make it from the
 * same ones. Of all users, since what helps everybody at once can only be planned with everybody.
 */
export const restoreFactsOf = ({
  changes,
  users,
  tenant,
  now,
  productName,
  servicePlanName,
}: Stored): RestoreFacts => ({
  changes: changes.map(({ change }) => change),
  present: presentAmong(users),
  removedAt: new Map(
    users.flatMap(({ state, removedAt }) => (removedAt === null ? [] : [[state.id, removedAt] as const])),
  ),
  tenant,
  now,
  productName,
  servicePlanName,
});
