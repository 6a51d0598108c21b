import { factsOf } from '../language/intent/facts.ts';
import type { Intent, Query } from '../language/query.ts';
import type { Answer } from './answer/answer.ts';
import type { AnswerDeps } from './answer/deps.ts';
import type { PageWanted } from './answer/page-wanted.ts';
import { exportRequest } from './export/request.ts';
import { assignmentErrors } from './questions/assignment-errors.ts';
import { auditEvents } from './questions/audit-events.ts';
import { coming } from './questions/coming.ts';
import { coverage } from './questions/coverage.ts';
import { decisions } from './questions/decisions.ts';
import { duplicates } from './questions/duplicates.ts';
import { guests } from './questions/guests.ts';
import { history } from './questions/history.ts';
import { incidents } from './questions/incidents.ts';
import { lostLicenses } from './questions/lost-licenses.ts';
import { noAlert } from './questions/no-alert.ts';
import { skuUsers } from './questions/sku-users.ts';
import { help, scan, setChannel, smallTalk, unknown } from './questions/small-answers.ts';
import { status } from './questions/status.ts';
import { userLicenses } from './questions/user-licenses.ts';
import { whoChanged } from './questions/who-changed.ts';
import { changeLicenses } from './requests/change-licenses.ts';
import { exportList } from './requests/export.ts';
import { incidentAction } from './requests/incident-action.ts';
import { ruleAction } from './requests/rule-action.ts';
import { rules } from './requests/rules.ts';
import { snooze, wake } from './requests/snooze.ts';
import { watch, watched } from './requests/watch.ts';
import { cost } from './spend/cost.ts';
import { expiring } from './spend/expiring.ts';
import { seats } from './spend/seats.ts';
import { unused } from './spend/unused.ts';
import { unresolved } from './words/unresolved.ts';

type Answerer = (query: Query, deps: AnswerDeps) => Promise<Answer>;

const ANSWERERS: Readonly<Record<Intent, Answerer>> = {
  'who-changed': whoChanged,
  history,
  'user-licenses': userLicenses,
  'lost-licenses': lostLicenses,
  incidents,
  seats,
  unused,
  expiring,
  cost,
  'assignment-errors': assignmentErrors,
  duplicates,
  guests,
  'sku-users': skuUsers,
  'audit-by': auditEvents,
  'audit-on': auditEvents,
  coverage,
  status,
  help,
  export: exportList,
  reassign: incidentAction,
  assign: changeLicenses,
  remove: changeLicenses,
  scan,
  'set-channel': setChannel,
  snooze,
  wake,
  decisions,
  rules,
  'end-rule': ruleAction,
  'extend-rule': ruleAction,
  watch,
  unwatch: watch,
  watched,
  'no-alert': noAlert,
  'small-talk': smallTalk,
  unknown,
  swap: coming,
  'gained-licenses': coming,
  unlicensed: coming,
  groups: coming,
  plans: coming,
  directory: coming,
  roles: coming,
  'service-issues': coming,
};

/** The answer to a query, from the store. A name that is not clear is asked about first. */
export async function answer(asked: Query, deps: AnswerDeps): Promise<Answer> {
  if (asked.unresolved.length > 0) return unresolved(asked, deps);
  // Shown to everybody who reads along: its buttons must not carry who was meant.
  const query = factsOf(asked.intent).tells === 'the-whole' ? { ...asked, people: [] } : asked;
  const given = await ANSWERERS[query.intent](query, { ...deps, page: pageWanted(query, deps) });
  const isList = given.blocks.some(({ kind }) => kind === 'table' || kind === 'timeline');
  const file = isList ? exportRequest(query, deps.now, 'csv') : null;
  return file ? { ...given, file } : given;
}

/** "The last 5 changes": a page is no longer than what was asked for. */
const pageWanted = ({ limit }: Query, { page }: AnswerDeps): PageWanted =>
  limit === undefined ? page : { ...page, size: Math.min(page.size, limit) };
