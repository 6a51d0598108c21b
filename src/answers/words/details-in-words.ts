import type { Deed, Details, Exclusion } from '../../language/query.ts';

/** What somebody did with an incident, before "decisions". */
const DEEDS: Readonly<Record<Deed, string>> = {
  approve: 'approved',
  decline: 'declined',
  withdraw: 'withdrew',
  snooze: 'snoozed',
  undo: 'undone',
  rule: 'rules',
  reassign: 'reassigned',
};

export const deedsInWords = (deeds: readonly Deed[]): string =>
  deeds.map((deed) => DEEDS[deed]).join(' and ');

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region' });

/** A country by its English name; the code itself when there is none. */
export const countryName = (code: string): string => COUNTRIES.of(code) ?? code;

/** "in the Finance department in Germany"; empty where no place is named. */
export function placesInWords({
  departments = [],
  countries = [],
}: Pick<Partial<Details>, 'departments' | 'countries'>): string {
  return [
    departments.length > 0
      ? `in the ${departments.map((name) => `${name} department`).join(' and the ')}`
      : '',
    countries.length > 0 ? `in ${countries.map(countryName).join(' and in ')}` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** "except Lee Gu and the Sales department". @param names what its ids are called */
export function exceptInWords(except: Exclusion, names: readonly string[]): string {
  const places = [
    ...except.departments.map((name) => `in the ${name} department`),
    ...except.countries.map((code) => `in ${countryName(code)}`),
  ];
  const left = [...names, ...places];
  return left.length === 0 ? except.said : `except ${left.join(' and ')}`;
}

/** What goes at the end: how it is split, how many rows, as which file. */
export const endInWords = ({ by, limit, format }: Partial<Details>): string =>
  [
    by === undefined ? '' : `by ${by}`,
    limit === undefined ? '' : `first ${limit}`,
    format === undefined ? '' : `as ${format}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
