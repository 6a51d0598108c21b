import type { PeopleFilter } from '../../domain/license/people-filter.ts';
import { wordsOf } from '../../language/names/fold.ts';
import type { Query } from '../../language/query.ts';
import type { Narrowing } from '../answer/about.ts';
import type { AnswerStore } from '../answer/deps.ts';
import type { UnitFacts, UnitNamed } from '../answer/unit-facts.ts';
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
  kept.of(store, narrowing, async () => new Set(await store.users.idsOf(await filterOf(store, narrowing))));

/** The store with nobody in it but the people that a narrowing takes in; as it is when there is nothing to narrow by. */
export const narrowedStore = async (
  store: AnswerStore,
  narrowing: Narrowing | undefined,
): Promise<AnswerStore> =>
  narrowing && isNarrow(narrowing) ? scopedStore(store, await peopleOf(store, narrowing)) : store;

async function membersOf(units: readonly UnitNamed[], facts: UnitFacts | undefined): Promise<Set<string>> {
  const members = new Set<string>();
  for (const { id } of units) for (const userId of (await facts?.members(id)) ?? []) members.add(userId);
  return members;
}

/**
 * A narrowing with units in place of departments that nobody works in: "in the unit Sales Benelux" is read as a
 * department, for a sentence does not know which units there are.
 */
export async function withUnits(
  narrowing: Narrowing,
  { units }: Pick<AnswerStore, 'units'>,
  departments: readonly string[],
): Promise<Narrowing> {
  const { departments: named = [], ...others } = narrowing;
  const known = new Set(departments.map(sameWords));
  const strange = named.filter((name) => !known.has(sameWords(name)));
  if (!units || strange.length === 0 || strange.length < named.length) return narrowing;
  const found = await Promise.all(strange.map((name) => units.named(name)));
  return found.includes(null) ? narrowing : { ...others, units: found.filter((unit) => unit !== null) };
}

const sameWords = (text: string): string => wordsOf(text).join(' ');

/** A narrowing as the store is asked: with each department in all the ways in which the directory writes it. */
async function filterOf(
  { users, units: unitFacts }: Pick<AnswerStore, 'users' | 'units'>,
  { people, departments, countries, groups, together, except, units }: Narrowing,
): Promise<PeopleFilter> {
  const inUnits = units && (await membersOf(units, unitFacts));
  const ids =
    people && inUnits ? people.filter((id) => inUnits.has(id)) : (people ?? (inUnits && [...inUnits]));
  const isNamed = departments !== undefined || (except?.departments.length ?? 0) > 0;
  const known = isNamed ? await users.departments() : [];
  const written = (names: readonly string[]): string[] => {
    const wanted = new Set(names.map(sameWords));
    return known.filter((name) => wanted.has(sameWords(name)));
  };
  return {
    ...(ids ? { ids } : {}),
    ...(departments && departments.length > 0 ? { departments: written(departments) } : {}),
    ...(countries ? { countries } : {}),
    ...(groups ? { groupIds: groups } : {}),
    ...(together ? { together } : {}),
    ...(except
      ? {
          except: {
            ids: except.people,
            departments: written(except.departments),
            countries: except.countries,
            groupIds: except.groups,
            skuIds: except.skus,
          },
        }
      : {}),
  };
}
