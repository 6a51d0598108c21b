import { numeral } from '../../domain/numerals.ts';
import { perZone } from '../../domain/time-formats.ts';
import { factsOf } from '../../language/facts.ts';
import type {
  AuditingAsked,
  DirectoryPerson,
  Intent,
  Query,
  SettingAsked,
  TimeRange,
  UnderstandContext,
} from '../../language/query.ts';
import { addDays, type CalendarDay, localTime } from '../../language/time/calendar.ts';
import { formatRange, formatTime } from '../times/times.ts';
import { accountsInWords, PATH_IN_WORDS } from './accounts-in-words.ts';
import { deedsInWords, endInWords, exceptInWords, placesInWords } from './details-in-words.ts';

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
  cost: ['license cost', 'for'],
  'assignment-errors': ['license assignment errors', 'of'],
  duplicates: ['duplicate licenses', 'of'],
  guests: ['guests', 'of'],
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
  swap: ['move', ''],
  'gained-licenses': ['who got a license', 'of'],
  unlicensed: ['who has no license', 'of'],
  groups: ['license groups', 'of'],
  plans: ['service plans', 'of'],
  directory: ['license report of everybody', 'in'],
  roles: ['who may do what here', ''],
  'service-issues': ['open incidents at Microsoft', ''],
  routes: ['where do alerts go', ''],
  settings: ['settings', ''],
  'set-setting': ['change a setting', ''],
  'right-size': ['who is over-licensed', 'with'],
  needless: ['accounts that need no license', 'of'],
  'add-ons': ['add-ons without their base', 'of'],
  doctor: ['is everything set up', ''],
};

/** What kind of question or request it is, in few words and without names: "unused licenses". */
export const intentInWords = (intent: Intent): string => IN_WORDS[intent][0];

const AUDITING_IN_WORDS: Readonly<Record<AuditingAsked, string>> = {
  state: 'is auditing on',
  'how-to': 'how do I turn on auditing',
  retention: 'how long are the audit logs kept',
};

const MAX_NAMES = 8;

type Known = Pick<UnderstandContext, 'directory' | 'now' | 'timeZone'>;

/**
 * A query in few words, for the person who asked: "who changed the license of Rick Deckard from 16 November 2026 to 22
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

function inWords(query: Query, known: Known, personName: (person: DirectoryPerson) => string): string {
  const { intent, range, days, unresolved, except, together } = query;
  const called = ({ people, skus, groups }: Pick<Query, 'people' | 'skus' | 'groups'>) => ({
    people: named(known.directory.people, people, ({ id }) => id, personName),
    skus: named(known.directory.skus, skus, ({ skuId }) => skuId, displayName),
    groups: named(known.directory.groups, groups, ({ id }) => id, displayName),
  });
  const { people, skus, groups } = called(query);
  const subjects = [...people, ...unresolved];
  const what = [...skus, ...groups];
  const left = except && called(except);
  const [sentence, before] = startOf(query);
  const both = together && subjects.length === 0 ? 'both' : '';
  const parts =
    intent === 'assign' || intent === 'remove'
      ? [sentence, list(what), subjects.length > 0 && what.length > 0 ? before : '', list(subjects)]
      : query.planTurn !== undefined
        ? [`turn ${query.planTurn}`]
        : intent === 'swap'
          ? [sentence, list(subjects), ...sidesInWords(query, known)]
          : [sentence, subjects.length + what.length > 0 ? before : '', both, list([...subjects, ...what])];
  const said = [
    ...parts,
    plansInWords(query, subjects),
    placesInWords(query),
    query.path === undefined ? '' : PATH_IN_WORDS[query.path],
    left && except ? exceptInWords(except, [...left.people, ...left.skus, ...left.groups]) : '',
    range === null ? '' : rangeInWords(range, known, factsOf(intent).time === 'ahead'),
    days === null ? '' : `for ${numeral(days)} days`,
    endInWords(query),
  ]
    .filter((part) => part !== '')
    .join(' ');
  return query.reason === undefined ? said : `${said}: ${query.reason}`;
}

function settingInWords({ name, product, value }: SettingAsked, intent: Intent): string {
  const what = product === undefined ? name : `${name} of ${product}`;
  if (intent === 'settings') return `what is the setting ${what}`;
  if (value === undefined) return `change the setting ${what}`;
  return value === null ? `remove the setting ${what}` : `set ${what} to ${value}`;
}

/** The words of the intent, as far as what was said about it changes them. */
function startOf(query: Query): readonly [string, string] {
  const { intent, rule, deeds = [], auditing, board, list: wanted } = query;
  const [sentence, before] = [accountsInWords(query) ?? IN_WORDS[intent][0], IN_WORDS[intent][1]];
  if (rule !== undefined) return [`${sentence.split(' ')[0]} rule ${rule}`, before];
  if (deeds.length > 0) return [`${deedsInWords(deeds)} ${sentence}`, before];
  if (auditing !== undefined) return [AUDITING_IN_WORDS[auditing], ''];
  if (query.evidence) return ['export the evidence for a support case', 'about'];
  if (query.setting !== undefined) return [settingInWords(query.setting, intent), ''];
  if (board) return ['what needs attention', before];
  if (wanted === undefined) return [sentence, before];
  return [`${sentence} ${IN_WORDS[wanted][0]}`, IN_WORDS[wanted][1]];
}

/** "Sway"; where it is to be switched, for which people: "turn off Sway for Lee". */
function plansInWords(
  { plans = [], planState, planTurn, intent }: Query,
  subjects: readonly string[],
): string {
  if (planTurn !== undefined) {
    return [list(plans), subjects.length > 0 ? `for ${list(subjects)}` : '']
      .filter((part) => part !== '')
      .join(' ');
  }
  const state = intent === 'plans' && planState !== undefined ? `that are ${planState}` : '';
  return [list(plans), state].filter((part) => part !== '').join(' ');
}

/** "from Microsoft 365 E3 to Microsoft 365 E5" */
function sidesInWords({ from = [], to = [], skus }: Query, { directory }: Known): string[] {
  const names = (ids: readonly string[]) =>
    list(named(directory.skus, ids, ({ skuId }) => skuId, displayName));
  const neither = from.length + to.length === 0 && skus.length > 0;
  return [
    from.length > 0 ? `from ${names(from)}` : '',
    to.length > 0 ? `to ${names(to)}` : neither ? `to ${names(skus)}` : '',
  ];
}

const list = (names: readonly string[]): string => names.slice(0, MAX_NAMES).join(' and ');

/** Whole days by their names, for the grammar; anything finer as answers tell it. */
function rangeInWords(range: TimeRange, style: { now: number; timeZone: string }, isAhead: boolean): string {
  const [from, to] = [localTime(range.from, style.timeZone), localTime(range.to, style.timeZone)];
  // What begins now is said by its end.
  if (isAhead && range.from === style.now) {
    return to.minutes === 0
      ? `until ${dayText(addDays(to.day, -1))}`
      : `until ${formatTime(range.to, style)}`;
  }
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
