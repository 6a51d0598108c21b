import { numeral } from '../../domain/numerals.ts';
import { perZone } from '../../domain/time-formats.ts';
import type { DirectoryPerson, Intent, Query, TimeRange, UnderstandContext } from '../../language/query.ts';
import { addDays, type CalendarDay, localTime } from '../../language/time/calendar.ts';
import { formatRange } from './times.ts';

/** Each intent as a sentence of ours, with the word that its names follow. */
const IN_WORDS: Readonly<Record<Intent, readonly [sentence: string, names: string]>> = {
  'who-changed': ['who changed the license', 'of'],
  history: ['history', 'of'],
  'user-licenses': ['licenses', 'of'],
  'lost-licenses': ['lost licenses', 'of'],
  incidents: ['open incidents', 'about'],
  seats: ['free seats', 'of'],
  unused: ['unused licenses', 'of'],
  expiring: ['expiring subscriptions', 'of'],
  cost: ['what licenses cost', 'for'],
  'assignment-errors': ['license assignment errors', 'of'],
  duplicates: ['duplicate licenses', 'of'],
  guests: ['guests with licenses', 'of'],
  'sku-users': ['users', 'of'],
  'audit-by': ['everything done', 'by'],
  'audit-on': ['audit records', 'about'],
  coverage: ['are the audit logs complete', 'of'],
  status: ['status', 'of'],
  help: ['help', 'about'],
  export: ['export', ''],
  reassign: ['reassign the license', 'of'],
  assign: ['assign', 'to'],
  remove: ['remove', 'from'],
  scan: ['scan now', ''],
  'set-channel': ['post alerts here', ''],
  snooze: ['snooze', ''],
  wake: ['unsnooze', ''],
  decisions: ['decisions', 'about'],
  rules: ['show standing rules', 'about'],
  'end-rule': ['end the rule', 'about'],
  'extend-rule': ['extend the rule', 'about'],
  watch: ['keep an eye on', ''],
  unwatch: ['stop watching', ''],
  watched: ['show the watch list', 'of'],
  'no-alert': ['why was there no alert', 'about'],
  'small-talk': ['hello', ''],
  unknown: ['not understood', ''],
  swap: ['swap the license', 'of'],
  'gained-licenses': ['who got a license', 'of'],
  unlicensed: ['who has no license', 'of'],
  groups: ['license groups', 'of'],
  plans: ['service plans', 'of'],
  directory: ['license report of everybody', 'in'],
  roles: ['who may do what here', ''],
  'service-issues': ['open incidents at Microsoft', ''],
};

const MAX_NAMES = 8;

type Known = Pick<UnderstandContext, 'directory' | 'now' | 'timeZone'>;

/**
 * A query in few words, for whoever asked: "who changed the license of Rick Deckard from 16 November 2026 to 22
 * November 2026". What is not clear stands in it as it was said.
 */
export const queryInWords = (query: Query, known: Known): string =>
  inWords(query, known, ({ displayName }) => displayName);

/**
 * The same as a sentence to be sent: the grammar reads it as this query. People stand in it by their sign-in names,
 * which are nobody else's, and in which nobody can write a sentence of their own.
 */
export const querySentence = (query: Query, known: Known): string =>
  inWords(query, known, ({ userPrincipalName }) => userPrincipalName);

function inWords(
  { intent, people, skus, groups, range, days, unresolved }: Query,
  { directory, now, timeZone }: Known,
  personName: (person: DirectoryPerson) => string,
): string {
  const whom = [...named(directory.people, people, ({ id }) => id, personName), ...unresolved];
  const what = [
    ...named(directory.skus, skus, ({ skuId }) => skuId, displayName),
    ...named(directory.groups, groups, ({ id }) => id, displayName),
  ];
  const [sentence, before] = IN_WORDS[intent];
  const parts =
    intent === 'assign' || intent === 'remove'
      ? [sentence, list(what), whom.length > 0 && what.length > 0 ? before : '', list(whom)]
      : [sentence, whom.length + what.length > 0 ? before : '', list([...whom, ...what])];
  return [
    ...parts,
    range === null ? '' : rangeInWords(range, { now, timeZone }),
    days === null ? '' : `for ${numeral(days)} days`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

const list = (names: readonly string[]): string => names.slice(0, MAX_NAMES).join(' and ');

/** Whole days by their names, for the grammar; anything finer as answers tell it. */
function rangeInWords(range: TimeRange, style: { now: number; timeZone: string }): string {
  const [from, to] = [localTime(range.from, style.timeZone), localTime(range.to, style.timeZone)];
  if (range.from <= 0 || from.minutes !== 0 || to.minutes !== 0) return formatRange(range, style);
  const [first, last] = [dayText(from.day), dayText(addDays(to.day, -1))];
  return first === last ? `on ${first}` : `from ${first} to ${last}`;
}

const monthIn = perZone({ month: 'long' }, 'en');
const dayText = ({ year, month, day }: CalendarDay): string =>
  `${day} ${monthIn('UTC').format(Date.UTC(2000, month - 1))} ${year}`;

const displayName = (one: { displayName: string }): string => one.displayName;

function named<Named>(
  all: readonly Named[],
  ids: readonly string[],
  idOf: (one: Named) => string,
  nameOf: (one: Named) => string,
): string[] {
  if (ids.length === 0) return [];
  const wanted = new Set(ids);
  return all.filter((one) => wanted.has(idOf(one))).map(nameOf);
}
