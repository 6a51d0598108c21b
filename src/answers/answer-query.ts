import type { Intent, Query } from '../language/query.ts';
import type { Answer } from './answer.ts';
import { assignmentErrors } from './assignment-errors.ts';
import { auditEvents } from './audit-events.ts';
import { changeLicenses } from './change-licenses.ts';
import { cost } from './cost.ts';
import { coverage } from './coverage.ts';
import { decisions } from './decisions.ts';
import type { AnswerDeps } from './deps.ts';
import { duplicates } from './duplicates.ts';
import { expiring } from './expiring.ts';
import { exportRequest } from './export/request.ts';
import { exportList } from './export.ts';
import { guests } from './guests.ts';
import { history } from './history.ts';
import { incidentAction } from './incident-action.ts';
import { incidents } from './incidents.ts';
import { lostLicenses } from './lost-licenses.ts';
import { noAlert } from './no-alert.ts';
import { ruleAction } from './rule-action.ts';
import { rules } from './rules.ts';
import { seats } from './seats.ts';
import { skuUsers } from './sku-users.ts';
import { help, scan, setChannel, smallTalk, unknown } from './small-answers.ts';
import { snooze, wake } from './snooze.ts';
import { status } from './status.ts';
import { unresolved } from './unresolved.ts';
import { unused } from './unused.ts';
import { userLicenses } from './user-licenses.ts';
import { watch, watched } from './watch.ts';
import { whoChanged } from './who-changed.ts';

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
};

/**
 * Answered about the tenant as a whole, whoever is named: such an answer is shown to everybody who reads along, and
 * its buttons must not carry who was meant.
 */
const ABOUT_NOBODY: ReadonlySet<Intent> = new Set(['seats', 'expiring']);

/** The answer to a query, from the store. A name that is not clear is asked about first. */
export async function answer(asked: Query, deps: AnswerDeps): Promise<Answer> {
  if (asked.unresolved.length > 0) return unresolved(asked, deps);
  const query = ABOUT_NOBODY.has(asked.intent) ? { ...asked, people: [] } : asked;
  const given = await ANSWERERS[query.intent](query, deps);
  const isList = given.blocks.some(({ kind }) => kind === 'table' || kind === 'timeline');
  const file = isList ? exportRequest(query, deps.now, 'csv') : null;
  return file ? { ...given, file } : given;
}
