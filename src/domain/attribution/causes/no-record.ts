import type { ServiceIssue, SourceCoverage } from '../../audit/event.ts';
import { LOG_NAMES } from '../../audit/log-names.ts';
import type { DetectedChange } from '../../license/change.ts';
import { DIRECT } from '../../license/user-state.ts';
import type { Evidence } from '../evidence.ts';
import { type Finding, link } from '../finding.ts';
import { groupName, productOf, userName } from '../names.ts';
import type { Window } from '../window.ts';
import { logsAreComplete, standingLogs } from '../window.ts';
import { carriedOut } from './record.ts';

/**
 * The honest answer when nothing explains a change: not explained yet while a log may still speak, unrecorded
 * when all have spoken or auditing is off. The nearest act of an admin is never guessed. A service incident
 * about licensing or the directory becomes the cause only when no record exists.
 */
export function noRecord(change: DetectedChange, evidence: Evidence): Finding {
  const { context } = evidence;
  const service = change.userId === null ? null : carriedOut(change, evidence);
  const level = !context.auditingEnabled || logsAreComplete(context) ? 'unrecorded' : 'unexplained';
  const groupId = service ? groupIdOf(change) : null;
  const chain = service
    ? [link(service.at, stoppedGiving(change, groupId, level, evidence), service.records)]
    : [];
  const issue =
    level === 'unrecorded'
      ? openIssues(context.serviceIssues, evidence.window).find(namesLicensing)
      : undefined;
  const what = issue
    ? `No record says who did it, and Microsoft's incident ${issue.id} (${issue.title}) was open.`
    : nothingFound(level, evidence);
  if (issue || !service) chain.push(link(context.observedAfter, what));
  return { level, cause: issue ? 'service-incident' : 'unknown', actor: null, chain, groupId };
}

function groupIdOf(change: DetectedChange): string | null {
  const paths = new Set([...change.before, ...change.after].map(({ path }) => path));
  paths.delete(DIRECT);
  const [only] = paths;
  return paths.size === 1 && only !== undefined ? only : null;
}

function stoppedGiving(
  change: DetectedChange,
  groupId: string | null,
  level: 'unrecorded' | 'unexplained',
  { context }: Evidence,
): string {
  const given = change.kind === 'gained' ? 'gave' : 'stopped giving';
  const who = groupId === null ? 'A Microsoft service' : `The group ${groupName(groupId, context)}`;
  const missing = level === 'unrecorded' ? 'is not in any log' : 'is not in the log yet';
  return `${who} ${given} ${userName(change)} ${productOf(change)}; the event behind it ${missing}.`;
}

function nothingFound(level: 'unrecorded' | 'unexplained', { context }: Evidence): string {
  if (!context.auditingEnabled) return 'Auditing is off in this tenant, so that no record exists.';
  if (level === 'unrecorded') return 'No record exists in any log, and all of them are complete.';
  const logs = standingLogs(context.coverage).map((log) => coverageText(log, context.observedBefore));
  return `Not explained yet: ${logs.join(', ') || 'no log was read'}.`;
}

function coverageText({ source, completeTo, completeFrom }: SourceCoverage, from: number): string {
  if (completeTo === null) return `${LOG_NAMES[source]} was not read`;
  return (completeFrom ?? from) > from
    ? `${LOG_NAMES[source]} is known without a gap only from ${minute(completeFrom ?? from)} UTC on`
    : `${LOG_NAMES[source]} is complete to ${minute(completeTo)} UTC`;
}

const minute = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

/** Issues that were open at any instant of the window and that Microsoft did not take back. */
export const openIssues = (issues: readonly ServiceIssue[], window: Window): ServiceIssue[] =>
  issues.filter(
    (issue) =>
      issue.startAt <= window.to &&
      (issue.endAt ?? Number.POSITIVE_INFINITY) >= window.from &&
      issue.status.toLowerCase() !== 'falsepositive',
  );

const LICENSING = /\b(un)?licen[sc](e|es|ed|ing)\b/i;
const DIRECTORY = /\b(entra|azure ad|aad|azure active directory|directory|identity service)\b/i;
/** "Users with an E5 license cannot …" */
const LICENSED_PEOPLE = /\b(with|have|has|having|who|whose)\b[^.]*\blicen[sc]/i;
const SIGN_IN = /\b(sign(ing)?-?\s?ins?|authentication|mfa)\b/i;
/** Services that are licensed themselves: their incidents often name the licenses of those who suffer. */
const WORKLOAD =
  /exchange|outlook|teams|sharepoint|onedrive|yammer|viva|intune|power|dynamics|planner|copilot|defender|purview|forms|stream|sway|windows|visio|project/i;

/**
 * Whether an issue is about licensing or the directory. Sign-in troubles of the directory take no license, and
 * an issue of another service must be about its licensing, not only about people with a license.
 */
export function namesLicensing(issue: ServiceIssue): boolean {
  const feature = issue.feature ?? '';
  if (WORKLOAD.test(issue.service)) {
    return LICENSING.test(feature) || (LICENSING.test(issue.title) && !LICENSED_PEOPLE.test(issue.title));
  }
  const named = `${issue.service} ${feature} ${issue.title}`;
  if (LICENSING.test(`${named} ${issue.impact}`)) return true;
  return DIRECTORY.test(named) && !SIGN_IN.test(`${feature} ${issue.title}`);
}
