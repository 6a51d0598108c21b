import type { AssignmentDates } from '../../domain/dates/dates-of.ts';
import { listed } from '../../domain/english.ts';
import { type Assignment, gives, heldSkus, isRemovalBlocked } from '../../domain/license/user-state.ts';
import type { StoredUser } from '../../domain/ports.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, text } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { DATES_MEAN, datesRead, fourDates, heldSince, oldest, sinceWords } from '../dates/dates-text.ts';
import { loadDates } from '../dates/load-dates.ts';
import { BEFORE_MEANS } from '../times/since.ts';
import { formatTime } from '../times/times.ts';
import { errorText } from '../words/change-text.ts';
import { stateRead } from '../words/completeness.ts';
import { loadNames, type Names, usersById } from '../words/names.ts';

/** What people are licensed for, path by path, since when, with what is in error and the plans switched off. */
export async function userLicenses(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const names = await loadNames(store);
  const users = [...(await usersById(store, query.people)).values()];
  const several = users.length > 1;
  const all = users.flatMap((user) =>
    user.state.assignments
      .filter(({ skuId }) => query.skus.length === 0 || query.skus.includes(skuId))
      .map((assignment) => ({ user, assignment })),
  );
  const { shown, rest } = pageOf(all, query, deps);
  const present = users.filter(({ removedAt }) => removedAt === null);
  if (present.length <= MAX_READ_NOW) await deps.freshDates(present.map(({ state }) => state.id));
  const known = await loadDates(
    shown.map(({ user }) => user),
    store,
    deps.now,
  );
  const dates = shown.map(({ user, assignment }) => known.of(user, assignment));
  const told = dates.some(({ asOf, record }) => asOf !== null || record !== null);
  const rows = shown.map(({ user, assignment }, index) => [
    ...(several ? [user.state.displayName] : []),
    names.product(assignment.skuId),
    names.path(assignment.path),
    stateText(assignment),
    names.plans(assignment.disabledPlans) || 'none',
    ...sinceCells(assignment, dates[index], told, deps),
  ]);
  const gone = users.filter(({ removedAt }) => removedAt !== null);
  const [one, sku] = [several ? undefined : users[0], query.skus.length === 1 ? query.skus[0] : undefined];
  const held = one && sku ? heldSince(one, sku, known, deps) : null;
  const lead =
    users.map((user) => holds(user, query, names)).join(' ') + (held ? ` Held since ${held}.` : '');
  const since = rows.map((row) => row[several ? 5 : 4]);
  return makeAnswer('user-licenses', lead, {
    blocks: [
      ...text(
        gone.length > 0
          ? `Deleted accounts: ${gone.map((user) => deletedSince(user, deps)).join(', ')}.`
          : null,
      ),
      ...text(blockedText(users)),
      ...pageTable(
        [
          ...(several ? ['User'] : []),
          'Product',
          'Assigned',
          'State',
          'Plans off',
          'Since',
          ...(told ? ['Dates'] : []),
        ],
        rows,
      ),
      ...text(since.some((cell) => cell?.startsWith('before')) ? BEFORE_MEANS : null),
      ...text(told && rows.length > 0 ? DATES_MEAN : null),
      ...text(datesRead(oldest(dates.map(({ asOf }) => asOf)), deps)),
    ],
    completeUntil: await stateRead(store, deps),
    next: users
      .slice(0, 1)
      .flatMap(({ state }) => [
        `history of ${state.userPrincipalName}`,
        `who changed the license of ${state.userPrincipalName}`,
      ]),
    ...rest,
  });
}

/** An error does not always take the license: what Microsoft says is told beside whether it is there. */
function stateText(assignment: Assignment): string {
  const { state, error } = assignment;
  if (state === 'Active' && error === null) return 'Active';
  if (isRemovalBlocked(assignment))
    return 'Active; its removal is blocked: another license needs a plan of it';
  return gives(assignment) ? `Active, with an error: ${errorText(error)}` : `${state}: ${errorText(error)}`;
}

/** Since when, and the four dates behind it where more than our own reads tell. */
function sinceCells(
  assignment: Assignment,
  dates: AssignmentDates | undefined,
  told: boolean,
  deps: AnswerDeps,
): string[] {
  if (!dates || !gives(assignment)) return told ? ['', ''] : [''];
  return [sinceWords(dates, deps), ...(told ? [fourDates(dates, deps)] : [])];
}

/** So many people are read from Microsoft before the answer. */
const MAX_READ_NOW = 5;

/** A license of somebody who may not sign in is worth a word. */
function blockedText(users: readonly StoredUser[]): string | null {
  const blocked = users.filter(
    ({ state, removedAt }) => removedAt === null && state.accountEnabled === false,
  );
  return blocked.length === 0
    ? null
    : `May not sign in: ${listed(blocked.map(({ state }) => state.displayName))}.`;
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
      ? `Yes, ${displayName} ${verb} ${listed(having.map(names.product))}.`
      : `No, ${displayName} does not have ${listed(skus.map(names.product), 'or')}.`;
  }
  if (held.length === 0) return `${displayName} ${verb} no license.`;
  return `${displayName} ${verb} ${listed(held.map(names.product))}.`;
}
