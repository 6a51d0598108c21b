import { REMOVAL_BLOCKED } from '../../domain/incident-view/wording.ts';
import { freeSeats, type TenantState } from '../../domain/license/sku.ts';
import { isInError } from '../../domain/license/user-filter.ts';
import { type Assignment, isRemovalBlocked } from '../../domain/license/user-state.ts';
import { count, numeral } from '../../domain/numerals.ts';
import type { StoredUser } from '../../domain/ports.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, table } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { formatTime } from '../times/times.ts';
import { errorText } from '../words/change-text.ts';
import { completeUntil } from '../words/completeness.ts';
import { assignmentText, type Names, namesIn, usersById } from '../words/names.ts';

/** Users in error beyond this are counted, and what is short is told of so many. */
const MAX_USERS = 2_000;

type Broken = { user: StoredUser; assignment: Assignment };

/** Assignments that Microsoft could not apply, of all or of the groups, products and people named; what is short. */
export async function assignmentErrors(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const tenant = await store.users.tenant();
  const names = namesIn(tenant);
  const wanted = (list: readonly string[], id: string): boolean => list.length === 0 || list.includes(id);
  const named = [...(await usersById(store, query.people)).values()].filter(
    ({ removedAt }) => removedAt === null,
  );
  const found =
    query.people.length > 0
      ? { total: named.length, users: named }
      : await store.users.find({ kind: 'in-error', skuIds: query.skus }, { skip: 0, take: MAX_USERS });
  const broken = found.users.flatMap((user) =>
    user.state.assignments
      .filter(isInError)
      .filter(({ path, skuId }) => wanted(query.groups, path) && wanted(query.skus, skuId))
      .map((assignment): Broken => ({ user, assignment })),
  );
  const { shown, total, rest } = pageOf(broken, query, deps);
  const since = await failedSince(shown, deps);
  const where = query.groups.length > 0 ? ` in ${query.groups.map(names.group).join(', ')}` : '';
  const blocked = broken.filter(({ assignment }) => isRemovalBlocked(assignment)).length;
  const atLeast = found.total > MAX_USERS ? 'At least ' : '';
  return makeAnswer('assignment-errors', leadOf(total - blocked, blocked, where, atLeast), {
    blocks: [
      ...table(['Product', 'Assigned', 'Error', 'Users', 'Free seats'], summary(broken, tenant, names)),
      ...pageTable(
        // Few columns: on a phone each has little more than a word's room.
        ['User', 'License', 'Error', 'Since'],
        shown.map(({ user, assignment }) => [
          user.state.displayName,
          assignmentText(assignment, names),
          troubleText(assignment),
          since({ user, assignment }),
        ]),
      ),
    ],
    completeUntil: await completeUntil(store, deps),
    next: [
      'free seats',
      ...shown.slice(0, 1).map(({ user }) => `history of ${user.state.userPrincipalName}`),
    ],
    ...rest,
  });
}

/** A license that was to go and stays is no failed assignment: it is there, and something else holds it. */
const troubleText = (assignment: Assignment): string =>
  isRemovalBlocked(assignment)
    ? `removal blocked; still has it. ${REMOVAL_BLOCKED}`
    : `${errorText(assignment.error)}${assignment.state === 'Error' ? '' : '; has it anyway'}`;

/** "2 license assignments in error in LIC-E3, and 1 removal is blocked." */
function leadOf(inError: number, blocked: number, where: string, atLeast: string): string {
  const removals = `${count(blocked, 'removal is', 'removals are')} blocked`;
  if (inError === 0) {
    const none = `No license assignment is in error${where}`;
    return blocked === 0 ? `${none}.` : `${none}; ${removals}: the license is still there.`;
  }
  const errors = `${atLeast}${count(inError, 'license assignment')} in error${where}`;
  return blocked === 0 ? `${errors}.` : `${errors}, and ${removals}.`;
}

/** What is short or in conflict, the most frequent first; nothing to sum up where there is only one. */
function summary(broken: readonly Broken[], tenant: TenantState, names: Names): string[][] {
  const kinds = Map.groupBy(
    broken,
    ({ assignment: { skuId, path, error } }) => `${skuId} ${path} ${error ?? ''}`,
  );
  if (broken.length < 2) return [];
  return [...kinds.values()]
    .toSorted((a, b) => b.length - a.length)
    .flatMap((same) => {
      const [first] = same;
      if (!first) return [];
      const { skuId, path, error } = first.assignment;
      const sku = tenant.skus.find((candidate) => candidate.skuId === skuId);
      const free = sku ? numeral(freeSeats(sku)) : 'unknown';
      const trouble = isRemovalBlocked(first.assignment) ? 'removal blocked' : errorText(error);
      return [[names.product(skuId), names.path(path), trouble, numeral(same.length), free]];
    });
}

/** Since when each is in error, as far as the changes tell: from the read that first saw it so. */
async function failedSince(shown: readonly Broken[], deps: AnswerDeps): Promise<(one: Broken) => string> {
  const userIds = [...new Set(shown.map(({ user }) => user.state.id))];
  const changes =
    userIds.length === 0
      ? []
      : await deps.store.changes.find({ userIds, kinds: ['never-granted', 'lost'], limit: MAX_USERS });
  return ({ user, assignment }) => {
    const seen = changes.find(
      ({ change }) =>
        change.userId === user.state.id &&
        change.after.some(
          (after) => after.skuId === assignment.skuId && after.path === assignment.path && isInError(after),
        ),
    );
    return seen
      ? formatTime(seen.change.observedAfter, deps)
      : `not known; first read ${formatTime(user.firstSeenAt, deps)}`;
  };
}
