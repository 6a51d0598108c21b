import { listed } from '../../domain/english.ts';
import type { Narrowing } from '../answer/about.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { countryName, exceptInWords, placesInWords } from './details-in-words.ts';
import { namesOf } from './left-out.ts';

/** More departments than these are not listed. */
const MAX_DEPARTMENTS = 12;

/**
 * A first sentence that is true by itself although only some people were looked at: "Only people in the Finance
 * department: nobody has Visio Plan 2."
 */
export function narrowedLead(lead: string, narrowing: Narrowing, deps: AnswerDeps): string {
  return `${narrowedText(narrowing, deps)}: ${lead.replace(GOES_ON, (word) => word.toLowerCase())}`;
}

/** Words with a capital only because the sentence began with them. */
const GOES_ON = /^(?:Nobody|Everybody|None|No|At|In|The|They)\b/;

/** "Only people in the Finance department, except Lee Gu" */
function narrowedText(narrowing: Narrowing, deps: AnswerDeps): string {
  const { people = [], groups = [], together = [], units = [], except } = narrowing;
  const skus = namesOf.skus(except?.skus ?? [], deps);
  const left = except && [...namesOf.people(except.people, deps), ...namesOf.groups(except.groups, deps)];
  const without = left && except ? exceptInWords({ ...except, said: '' }, left) : '';
  const parts = [
    placesInWords(narrowing),
    units.length > 0
      ? `in the administrative unit ${listed(
          units.map(({ name }) => name),
          'or',
        )}`
      : '',
    groups.length > 0 ? `with a license by ${listed(namesOf.groups(groups, deps), 'or')}` : '',
    together.length > 0
      ? `with both ${together.map((ids) => listed(namesOf.skus(ids, deps), 'or')).join(' and ')}`
      : '',
    skus.length > 0 ? `without ${listed(skus, 'or')}` : '',
    without,
  ].filter((part) => part !== '');
  const subjects = people.length > 0 ? listed(namesOf.people(people, deps)) : 'people';
  return `Only ${[subjects, ...parts].join(' ')}`;
}

/** Says that a narrowing takes in nobody, and which departments there are. */
export function nobodyThere(
  { departments = [], countries = [] }: Narrowing,
  { directory }: AnswerDeps,
): string {
  const known = new Set(directory.departments);
  const unknown = departments.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const some = [...known].toSorted().slice(0, MAX_DEPARTMENTS);
    const here = some.length > 0 ? ` Departments here: ${listed(some)}.` : '';
    return `I know nobody in the department “${listed(unknown)}”, and no group of that name that gives a license.${here}`;
  }
  if (countries.length > 0 && departments.length === 0) {
    return `Nobody here has ${listed(countries.map(countryName), 'or')} as usage location.`;
  }
  return 'Nobody fits all of that.';
}
