import type { Query } from '../language/query.ts';
import type { Answer } from './answer.ts';
import { errorText } from './change-text.ts';
import { completeUntil } from './completeness.ts';
import type { AnswerDeps } from './deps.ts';
import { makeAnswer, table } from './make-answer.ts';
import { loadNames } from './names.ts';
import { fromPresentUsers } from './present-users.ts';
import { count } from './times.ts';

/** Assignments that Microsoft could not apply, of all or of the groups, products and people named. */
export async function assignmentErrors(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const names = await loadNames(store);
  const wanted = (list: readonly string[], id: string): boolean => list.length === 0 || list.includes(id);
  const { kept, total } = await fromPresentUsers(store, (user) =>
    !wanted(query.people, user.id)
      ? []
      : user.assignments
          .filter(({ state, error }) => state === 'Error' || state === 'ActiveWithError' || error !== null)
          .filter(({ path, skuId }) => wanted(query.groups, path) && wanted(query.skus, skuId))
          .map((assignment) => [
            user.displayName,
            names.product(assignment.skuId),
            names.path(assignment.path),
            errorText(assignment.error),
            assignment.state === 'ActiveWithError' ? 'has it all the same' : 'does not have it this way',
          ]),
  );
  const where = query.groups.length > 0 ? ` in ${query.groups.map(names.group).join(', ')}` : '';
  return makeAnswer(
    'assignment-errors',
    total === 0
      ? `No license assignment is in error${where}.`
      : `${count(total, 'license assignment')} in error${where}.`,
    {
      blocks: table(['User', 'Product', 'Assigned', 'Error', 'Effect'], kept, total),
      completeUntil: await completeUntil(store, deps),
      next: ['free seats'],
    },
  );
}
