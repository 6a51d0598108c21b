import { heldSkus, type UserState } from '../../domain/license/user-state.ts';
import { wordsOf } from '../../language/names/fold.ts';
import type { Query } from '../../language/query.ts';
import type { Narrowing } from '../answer/about.ts';
import type { AnswerStore } from '../answer/deps.ts';
import { createKept } from './kept.ts';
import { scopedStore } from './scope.ts';

const NOBODY = { people: [], skus: [], groups: [], departments: [], countries: [] };

/** The narrowing of a query by what its answer narrows by. */
export function narrowingOf(query: Query, by: readonly string[]): Narrowing {
  const { departments, countries, except, people, groups, together } = query;
  const places = by.includes('places');
  const holdings = by.includes('holdings');
  const left = except && {
    ...NOBODY,
    ...(places
      ? {
          people: except.people,
          groups: except.groups,
          departments: except.departments,
          countries: except.countries,
        }
      : {}),
    ...(holdings ? { skus: except.skus } : {}),
  };
  return {
    ...(places && departments ? { departments } : {}),
    ...(places && countries ? { countries } : {}),
    ...(by.includes('named') && people.length > 0 ? { people } : {}),
    ...(by.includes('members') && groups.length > 0 ? { groups } : {}),
    ...(holdings && together ? { together } : {}),
    ...(left && Object.values(left).some((ids) => ids.length > 0) ? { except: left } : {}),
  };
}

/** Whether there is anything to narrow by. */
export const isNarrow = (narrowing: Narrowing): boolean => Object.keys(narrowing).length > 0;

const MAX_KEPT = 10_000;
const kept = createKept<ReadonlySet<string>>(({ size }) => size <= MAX_KEPT);

/** The ids of the people that a narrowing takes in, of those that the store shows; deleted accounts are among them. */
export const peopleOf = (store: AnswerStore, narrowing: Narrowing): Promise<ReadonlySet<string>> =>
  kept.of(store, narrowing, async () => {
    const ids = new Set<string>();
    const fits = fitting(narrowing);
    for await (const chunk of store.users.all()) {
      for (const { state } of chunk) if (fits(state)) ids.add(state.id);
    }
    return ids;
  });

/** The store with nobody in it but the people that a narrowing takes in; as it is when there is nothing to narrow by. */
export const narrowedStore = async (
  store: AnswerStore,
  narrowing: Narrowing | undefined,
): Promise<AnswerStore> =>
  narrowing && isNarrow(narrowing) ? scopedStore(store, await peopleOf(store, narrowing)) : store;

const sameWords = (text: string): string => wordsOf(text).join(' ');

function fitting({
  people,
  departments,
  countries,
  groups,
  together,
  except,
}: Narrowing): (user: UserState) => boolean {
  const inDepartment = placeTest(departments);
  const notInDepartment = placeTest(except?.departments);
  const isMember = ({ assignments }: UserState, of: readonly string[]): boolean =>
    assignments.some(({ path }) => of.includes(path));
  const isIn = (user: UserState, codes: readonly string[]): boolean =>
    codes.includes(user.usageLocation?.toUpperCase() ?? '');
  return (user) =>
    (people === undefined || people.includes(user.id)) &&
    (inDepartment === null || inDepartment(user)) &&
    (countries === undefined || isIn(user, countries)) &&
    (groups === undefined || isMember(user, groups)) &&
    (together === undefined || together.every((ids) => holdsOne(user, ids))) &&
    (except === undefined ||
      !(
        except.people.includes(user.id) ||
        holdsOne(user, except.skus) ||
        isMember(user, except.groups) ||
        isIn(user, except.countries) ||
        notInDepartment?.(user)
      ));
}

function placeTest(departments: readonly string[] | undefined): ((user: UserState) => boolean) | null {
  if (departments === undefined || departments.length === 0) return null;
  const wanted = new Set(departments.map(sameWords));
  return ({ department }) => department !== null && wanted.has(sameWords(department));
}

function holdsOne(user: UserState, skuIds: readonly string[]): boolean {
  const held = heldSkus(user);
  return skuIds.some((id) => held.has(id));
}
