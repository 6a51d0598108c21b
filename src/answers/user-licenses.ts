import { gives, heldSkus } from '../domain/license/user-state.ts';
import type { StoredUser } from '../domain/ports.ts';
import type { Query } from '../language/query.ts';
import type { Answer } from './answer.ts';
import { errorText } from './change-text.ts';
import { completeUntil } from './completeness.ts';
import type { AnswerDeps } from './deps.ts';
import { makeAnswer, table, text } from './make-answer.ts';
import { listOf, loadNames, type Names, usersById } from './names.ts';
import { formatTime } from './times.ts';

/** What people are licensed for, path by path, with the plans that are switched off. */
export async function userLicenses(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const names = await loadNames(store);
  const users = [...(await usersById(store, query.people)).values()];
  if (users.length === 0) {
    return makeAnswer(
      'user-licenses',
      'Whose licenses? Name a person, for example “licenses of Adele Vance”.',
    );
  }
  const several = users.length > 1;
  const rows = users.flatMap((user) =>
    user.state.assignments
      .filter(({ skuId }) => query.skus.length === 0 || query.skus.includes(skuId))
      .map((assignment) => [
        ...(several ? [user.state.displayName] : []),
        names.product(assignment.skuId),
        names.path(assignment.path),
        gives(assignment) ? assignment.state : `${assignment.state}: ${errorText(assignment.error)}`,
        names.plans(assignment.disabledPlans) || 'none',
      ]),
  );
  const gone = users.filter(({ removedAt }) => removedAt !== null);
  return makeAnswer('user-licenses', users.map((user) => holds(user, query, names)).join(' '), {
    blocks: [
      ...text(
        gone.length > 0
          ? `Deleted accounts: ${gone.map((user) => deletedSince(user, deps)).join(', ')}.`
          : null,
      ),
      ...table([...(several ? ['User'] : []), 'Product', 'Assigned', 'State', 'Plans switched off'], rows),
    ],
    completeUntil: await completeUntil(store, deps),
    next: users.slice(0, 1).flatMap(({ state }) => [`history of ${state.userPrincipalName}`]),
  });
}

const deletedSince = ({ state, removedAt }: StoredUser, deps: AnswerDeps): string =>
  `${state.displayName} (since ${formatTime(removedAt ?? deps.now, deps)})`;

function holds(user: StoredUser, { skus }: Query, names: Names): string {
  const { displayName } = user.state;
  const held = [...heldSkus(user.state)];
  const verb = user.removedAt === null ? 'has' : 'had, when the account was deleted,';
  if (skus.length > 0) {
    const having = skus.filter((skuId) => held.includes(skuId));
    return having.length > 0
      ? `Yes, ${displayName} ${verb} ${listOf(having.map(names.product))}.`
      : `No, ${displayName} does not have ${skus.map(names.product).join(' or ')}.`;
  }
  if (held.length === 0) return `${displayName} ${verb} no license.`;
  return `${displayName} ${verb} ${listOf(held.map(names.product))}.`;
}
