import { factsOf } from '../language/facts.ts';
import type { Intent, Query, RecordsAsked } from '../language/query.ts';
import type { Narrowing } from './answer/about.ts';
import type { Answer } from './answer/answer.ts';
import type { AnswerDeps } from './answer/deps.ts';
import { isExportIntent } from './answer/export-request.ts';
import { makeAnswer, text } from './answer/make-answer.ts';
import type { PageWanted } from './answer/page-wanted.ts';
import { attention } from './attention/attention.ts';
import { listFor } from './export/lists.ts';
import { exportRequest } from './export/request.ts';
import { decisions } from './history/decisions.ts';
import { history } from './history/history.ts';
import { askForMissing } from './missing.ts';
import { plans } from './plans/plans.ts';
import { assignmentErrors } from './questions/assignment-errors.ts';
import { auditEvents } from './questions/audit-events.ts';
import { coverage } from './questions/coverage.ts';
import { directory } from './questions/directory.ts';
import { askDoctor } from './questions/doctor.ts';
import { duplicates } from './questions/duplicates.ts';
import { gainedLicenses } from './questions/gained-licenses.ts';
import { groups } from './questions/groups.ts';
import { guests } from './questions/guests.ts';
import { lostLicenses } from './questions/lost-licenses.ts';
import { noAlert } from './questions/no-alert.ts';
import { roles } from './questions/roles.ts';
import { routes } from './questions/routes.ts';
import { serviceIssues } from './questions/service-issues.ts';
import { skuUsers } from './questions/sku-users.ts';
import { help, scan, setChannel, smallTalk, unknown } from './questions/small-answers.ts';
import { status } from './questions/status.ts';
import { unlicensed } from './questions/unlicensed.ts';
import { userLicenses } from './questions/user-licenses.ts';
import { whoChanged } from './questions/who-changed.ts';
import { exportRecords } from './records/export-records.ts';
import { oneRecord } from './records/one-record.ts';
import { searchRecords } from './records/search-records.ts';
import { changeLicenses } from './requests/change-licenses.ts';
import { exportList } from './requests/export.ts';
import { incidentAction } from './requests/incident-action.ts';
import { ruleAction } from './requests/rule-action.ts';
import { rules } from './requests/rules.ts';
import { snooze, wake } from './requests/snooze.ts';
import { swapLicenses } from './requests/swap-licenses.ts';
import { watch, watched } from './requests/watch.ts';
import { isNarrow, narrowedStore, narrowingOf, peopleOf, withUnits } from './scope/narrowing.ts';
import { setSetting } from './settings/set-setting.ts';
import { settings } from './settings/settings.ts';
import { cost } from './spend/cost.ts';
import { expiring } from './spend/expiring.ts';
import { rightSize } from './spend/right-size.ts';
import { seats } from './spend/seats.ts';
import { unused } from './spend/unused.ts';
import { addOns } from './usage/add-ons.ts';
import { needless } from './usage/needless.ts';
import { type LeftOut, leftOut, leftOutSentence, type Part } from './words/left-out.ts';
import { narrowedLead, nobodyThere } from './words/narrowed.ts';
import { querySentence } from './words/query-in-words.ts';
import { unresolved } from './words/unresolved.ts';

type Answerer = (query: Query, deps: AnswerDeps) => Promise<Answer>;

/** Who answers, and what they use of all that a query may say. Whatever they do not use is said. */
type Answering = { give: Answerer; uses: readonly Part[] };

const CHANGES = ['people', 'products', 'groups', 'time', 'places'] as const;
const USERS = ['products', 'places', 'members', 'holdings'] as const;
const RECORDS = ['people', 'groups', 'time', 'places'] as const;
const SUBJECT = ['people', 'products', 'groups'] as const;

const ANSWERERS: Readonly<Record<Intent, Answering>> = {
  'who-changed': { give: whoChanged, uses: CHANGES },
  history: { give: history, uses: CHANGES },
  'user-licenses': { give: userLicenses, uses: ['people', 'products'] },
  'lost-licenses': { give: lostLicenses, uses: CHANGES },
  incidents: { give: attention, uses: [...SUBJECT, 'places'] },
  seats: { give: seats, uses: ['products', 'by product'] },
  unused: { give: unused, uses: ['people', 'time', 'plans', ...USERS] },
  expiring: { give: expiring, uses: ['products', 'time', 'by product'] },
  cost: { give: cost, uses: ['products', 'time', 'places', 'by product', 'by department'] },
  'assignment-errors': { give: assignmentErrors, uses: [...SUBJECT, 'places', 'holdings'] },
  duplicates: { give: duplicates, uses: ['named', ...USERS] },
  guests: { give: guests, uses: ['named', ...USERS] },
  'sku-users': { give: skuUsers, uses: ['named', ...USERS] },
  'audit-by': { give: auditEvents, uses: RECORDS },
  'audit-on': { give: auditEvents, uses: RECORDS },
  coverage: { give: coverage, uses: [] },
  status: { give: status, uses: [] },
  help: { give: help, uses: [] },
  export: { give: exportList, uses: [...CHANGES, 'holdings'] },
  reassign: { give: incidentAction, uses: [...SUBJECT, 'time'] },
  assign: { give: changeLicenses, uses: SUBJECT },
  remove: { give: changeLicenses, uses: SUBJECT },
  scan: { give: scan, uses: [] },
  'set-channel': { give: setChannel, uses: [] },
  snooze: { give: snooze, uses: [...SUBJECT, 'time'] },
  wake: { give: wake, uses: SUBJECT },
  decisions: { give: decisions, uses: [...SUBJECT, 'time', 'places'] },
  rules: { give: rules, uses: [] },
  'end-rule': { give: ruleAction, uses: SUBJECT },
  'extend-rule': { give: ruleAction, uses: [...SUBJECT, 'time'] },
  watch: { give: watch, uses: ['people', 'groups'] },
  unwatch: { give: watch, uses: ['people', 'groups'] },
  watched: { give: watched, uses: [] },
  'no-alert': { give: noAlert, uses: CHANGES },
  'small-talk': { give: smallTalk, uses: [] },
  unknown: { give: unknown, uses: [] },
  swap: { give: swapLicenses, uses: ['people', 'products'] },
  'gained-licenses': { give: gainedLicenses, uses: CHANGES },
  unlicensed: { give: unlicensed, uses: ['named', 'products', 'plans', 'places', 'holdings'] },
  groups: { give: groups, uses: [...SUBJECT, 'places', 'holdings'] },
  plans: { give: plans, uses: [...SUBJECT, 'plans', 'places', 'by product'] },
  directory: { give: directory, uses: ['named', 'products', 'groups', 'places', 'holdings', 'by person'] },
  roles: { give: roles, uses: ['people'] },
  'service-issues': { give: serviceIssues, uses: ['time', 'plans'] },
  routes: { give: routes, uses: [] },
  settings: { give: settings, uses: [] },
  'set-setting': { give: setSetting, uses: [] },
  'right-size': { give: rightSize, uses: ['people', 'time', ...USERS] },
  needless: { give: needless, uses: ['people', ...USERS] },
  'add-ons': { give: addOns, uses: ['people', ...USERS] },
  doctor: { give: askDoctor, uses: [] },
};

/** The answer to a query, from the store. A name that is not clear is asked about first. */
export async function answer(asked: Query, deps: AnswerDeps): Promise<Answer> {
  if (asked.records) return ofRecords(asked, asked.records, deps);
  if (asked.unresolved.length > 0) return unresolved(asked, deps);
  const { give, uses } = ANSWERERS[asked.intent];
  const used = await usesFor(asked, uses, deps);
  const left = SAYS_NOTHING.has(give) ? [] : leftOut(asked, used, deps);
  const said = narrowingOf(asked, uses.includes('places') ? used : uses);
  const narrowing = await withUnits(said, deps.store, deps.directory.departments ?? []);
  const query = factsOf(asked.intent).tells === 'the-whole' ? withoutPeople(asked) : asked;
  const store = await narrowedStore(deps.store, narrowing);
  if (isNarrow(narrowing) && (await peopleOf(deps.store, narrowing)).size === 0) {
    return makeAnswer(asked.intent, nobodyThere(narrowing, deps), { blocks: text(leftOutSentence(left)) });
  }
  const given =
    askForMissing(query) ?? (await give(query, { ...deps, store, page: pageWanted(query, deps) }));
  const isOffer = given.request !== null || given.blocks.some(({ kind }) => kind === 'choices');
  const isWish = factsOf(asked.intent).writes || asked.planTurn !== undefined;
  if (left.length > 0 && isWish && isOffer) {
    return refused(asked, uses, left, deps);
  }
  const isList = given.blocks.some(({ kind }) => kind === 'table' || kind === 'timeline');
  const file = isList ? exportRequest(query, deps.now, 'csv', narrowing) : null;
  const told = toldBesides(narrowing, given);
  return {
    ...given,
    lead: isNarrow(told) ? narrowedLead(given.lead, told, deps) : given.lead,
    blocks: [...text(leftOutSentence(left)), ...given.blocks],
    ...(file ? { file } : {}),
  };
}

/** What is asked of audit records of all kinds. */
async function ofRecords(asked: Query, records: RecordsAsked, deps: AnswerDeps): Promise<Answer> {
  const { people, unresolved: names, file, record } = records;
  if (names.length > 0) {
    return unresolved({ ...asked, intent: 'audit-on', people, unresolved: names }, deps);
  }
  if (file !== undefined) return exportRecords(records, deps);
  return record === undefined ? searchRecords(records, deps) : oneRecord(record, records, deps);
}

/** What of a narrowing the answer does not say itself: who has several products together is its own subject. */
function toldBesides({ together, ...others }: Narrowing, { intent }: Answer): Narrowing {
  const isSubject = intent === 'sku-users' || intent === 'duplicates';
  return together === undefined || isSubject ? others : { ...others, together };
}

/** Answers that are the same whatever was said besides, or for which all of it is a value. */
const SAYS_NOTHING: ReadonlySet<Answerer> = new Set([help, smallTalk, unknown, setSetting]);

/** What is used of a query: a list of how things are now has no time, and where somebody works may just be said. */
async function usesFor(query: Query, uses: readonly Part[], { store }: AnswerDeps): Promise<readonly Part[]> {
  const { intent, list, people, except } = query;
  if (intent === 'export' && list !== undefined && isExportIntent(list) && listFor(list).time === 'now') {
    const ofNow = uses.filter((part) => part !== 'time');
    return list === 'plans' ? [...ofNow, 'plans'] : ofNow;
  }
  // A difference of products is the same for everybody.
  if (intent === 'plans' && (query.sides?.length ?? 0) > 1 && query.plans === undefined) {
    return uses.filter((part) => part !== 'places');
  }
  // A group can give a product without some of its services.
  if (isForGroup(query) && query.planState === 'off') return [...uses, 'plans'];
  const places = narrowingOf(query, ['places']);
  if (people.length === 0 || except !== undefined || uses.includes('places') || !isNarrow(places))
    return uses;
  const there = await peopleOf(store, places);
  return people.every((id) => there.has(id)) ? [...uses, 'places'] : uses;
}

const isForGroup = ({ intent, people, groups }: Query): boolean =>
  intent === 'assign' && people.length === 0 && groups.length > 0;

/** Shown to everybody who reads along: its buttons must not carry who was meant. */
function withoutPeople({ except: _, ...query }: Query): Query {
  return { ...query, people: [] };
}

/** A request of which a part would be left out is not offered; what could be done instead is said. */
function refused(asked: Query, uses: readonly Part[], left: readonly LeftOut[], deps: AnswerDeps): Answer {
  const { intent, people, skus, groups, range, days, unresolved: none, rule, reason } = asked;
  const rest: Query = {
    intent,
    people,
    skus: uses.includes('products') ? skus : [],
    groups: uses.includes('groups') ? groups : [],
    range: uses.includes('time') ? range : null,
    days: uses.includes('time') ? days : null,
    unresolved: none,
    ...(rule === undefined ? {} : { rule }),
    ...(reason === undefined ? {} : { reason }),
  };
  const all = left.map(({ said, why }) => `I cannot use ${said}: ${why}`).join('; ');
  return makeAnswer(intent, `I have not done that. ${all}. Without it I can.`, {
    next: [querySentence(rest, deps)],
  });
}

/** "The last 5 changes": a page is no longer than what was asked for. */
const pageWanted = ({ limit }: Query, { page }: AnswerDeps): PageWanted =>
  limit === undefined ? page : { ...page, size: Math.min(page.size, limit) };
