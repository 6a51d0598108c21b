import { listed } from '../../domain/english.ts';
import { factsOf, isBare } from '../../language/facts.ts';
import type { Exclusion, Query } from '../../language/query.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { formatRange, untilText } from '../times/times.ts';
import { exceptInWords, placesInWords } from './details-in-words.ts';

/** What an answer may make use of, of all that a query says. */
export type Part =
  | 'people'
  | 'products'
  | 'groups'
  | 'time'
  /** Departments, countries, and people who are left out. */
  | 'places'
  /** People, as those that a list is about. */
  | 'named'
  /** Groups, as those who have a license by them. */
  | 'members'
  /** Products that somebody must have together, or not have. */
  | 'holdings'
  | 'plans'
  | 'by department'
  | 'by product'
  | 'by person';

/** Something that was said and not used: in words, and why not. */
export type LeftOut = { said: string; why: string };

/** What a query says and its answer does not use. */
export function leftOut(query: Query, applies: readonly Part[], deps: AnswerDeps): LeftOut[] {
  const { intent, people, skus, groups, range, days, by, plans = [], together, except, unused = [] } = query;
  const uses = (...parts: Part[]): boolean => parts.some((part) => applies.includes(part));
  const { tells, writes, time } = factsOf(intent);
  const whole =
    tells === 'the-whole' ? 'this counts the whole tenant' : 'this answer is the same for everybody';
  const found: (LeftOut | null)[] = [
    people.length > 0 && !uses('people', 'named')
      ? { said: tells === 'people' ? `“${listed(namesOf.people(people, deps))}”` : 'the person', why: whole }
      : null,
    skus.length > 0 && !uses('products')
      ? { said: `“${listed(namesOf.skus(skus, deps))}”`, why: 'this is not kept by product' }
      : null,
    groups.length > 0 && !uses('groups', 'members')
      ? { said: `“${listed(namesOf.groups(groups, deps))}”`, why: whole }
      : null,
    (range !== null || days !== null) && !uses('time')
      ? { said: timeSaid(query, deps), why: whyNoTime(writes || query.planTurn !== undefined, time) }
      : null,
    !uses('places') && placesInWords(query) !== '' ? { said: `“${placesInWords(query)}”`, why: whole } : null,
    together && !uses('holdings') ? { said: '“both”', why: 'this takes each product for itself' } : null,
    by && !uses(`by ${by}` as Part)
      ? { said: `“by ${by}”`, why: 'I cannot split this answer that way' }
      : null,
    plans.length > 0 && !uses('plans')
      ? { said: `“${listed(plans)}”`, why: 'this is about whole products, not about the services in them' }
      : null,
    except ? exceptLeft(except, uses, deps, tells !== 'people') : null,
    unused.length > 0
      ? { said: `“${unused.join(' … ')}”`, why: isBare(intent) ? whole : 'I do not understand it here' }
      : null,
  ];
  return found.filter((one) => one !== null);
}

function exceptLeft(
  except: Exclusion,
  uses: (...parts: Part[]) => boolean,
  deps: AnswerDeps,
  hidesNames: boolean,
): LeftOut | null {
  const others = [except.people, except.groups, except.departments, except.countries];
  const isNone = except.skus.length === 0 && others.every((ids) => ids.length === 0);
  if (isNone) return { said: `“${except.said}”`, why: 'I do not know who or what that is' };
  const isLeft =
    (except.skus.length > 0 && !uses('holdings')) ||
    (others.some((ids) => ids.length > 0) && !uses('places'));
  if (!isLeft) return null;
  const names = [
    ...(hidesNames ? except.people.map(() => 'the person') : namesOf.people(except.people, deps)),
    ...namesOf.skus(except.skus, deps),
    ...namesOf.groups(except.groups, deps),
  ];
  return { said: `“${exceptInWords(except, names)}”`, why: 'I cannot leave that out here' };
}

const whyNoTime = (writes: boolean, time: 'past' | 'now' | 'ahead'): string =>
  writes
    ? 'I do this once, now, and not for a time'
    : time === 'now'
      ? 'this is how things are now'
      : 'this answer has no time';

const timeSaid = ({ range, days }: Query, deps: AnswerDeps): string =>
  range === null
    ? `“${days} days”`
    : range.from === deps.now
      ? `“until ${untilText(range.to, deps)}”`
      : `the time ${formatRange(range, deps)}`;

/** What people, products and groups of a query are called. */
/** The people of a directory, by id and name. */
export type PeopleNamed = { directory: { people: readonly { id: string; displayName: string }[] } };

export const namesOf = {
  people: (ids: readonly string[], { directory }: PeopleNamed): string[] =>
    directory.people.filter(({ id }) => ids.includes(id)).map(({ displayName }) => displayName),
  skus: (ids: readonly string[], { directory }: AnswerDeps): string[] =>
    directory.skus.filter(({ skuId }) => ids.includes(skuId)).map(({ displayName }) => displayName),
  groups: (ids: readonly string[], { directory }: AnswerDeps): string[] =>
    directory.groups.filter(({ id }) => ids.includes(id)).map(({ displayName }) => displayName),
};

/** "I did not use “in Germany”: this counts the whole tenant." Null when all was used. */
export function leftOutSentence(left: readonly LeftOut[]): string | null {
  if (left.length === 0) return null;
  return left.map(({ said, why }) => `I did not use ${said}: ${why}.`).join(' ');
}
