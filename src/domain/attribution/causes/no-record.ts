import type { ServiceIssue, SourceCoverage } from '../../audit/event.ts';
import { LOG_NAMES } from '../../audit/log-names.ts';
import type { DetectedChange } from '../../license/change.ts';
import { DIRECT, isRemovalBlocked } from '../../license/user-state.ts';
import { count } from '../../numerals.ts';
import { utcMinute } from '../../time-formats.ts';
import { NOT_KNOWN_YET } from '../certainty.ts';
import type { Evidence } from '../evidence.ts';
import { type Finding, link } from '../finding.ts';
import { flipsOf } from '../flips.ts';
import { actorName, groupName, productOf, userName } from '../names.ts';
import { rootOf } from '../root.ts';
import type { ChainLink } from '../verdict.ts';
import type { Window } from '../window.ts';
import { logsAreComplete, standingLogs } from '../window.ts';
import { groupsLeftOrJoined } from './after-membership.ts';
import { carriedOut } from './record.ts';

/**
 * The honest answer when nothing explains a change: not explained yet while a log may still speak, unrecorded
 * when all have spoken or auditing is off. The nearest act of an admin is never guessed; a group that the user
 * left or joined meanwhile is told as near, not as the cause. A service incident about licensing or the
 * directory becomes the cause only when no record exists.
 */
export function noRecord(change: DetectedChange, evidence: Evidence): Finding {
  const { context } = evidence;
  const service = change.userId === null ? null : carriedOut(change, evidence);
  const level = !context.auditingEnabled || logsAreComplete(context) ? 'unrecorded' : 'unexplained';
  const groupId = service ? groupIdOf(change) : null;
  const chain = service
    ? [link(service.at, withoutRoot(change, groupId, level, evidence), service.records)]
    : [];
  chain.unshift(...blockedBefore(change, evidence), ...near(change, evidence));
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

function withoutRoot(
  change: DetectedChange,
  groupId: string | null,
  level: 'unrecorded' | 'unexplained',
  { context }: Evidence,
): string {
  const given = change.kind === 'gained' ? 'gave' : 'stopped giving';
  if (groupId === null) {
    const who = level === 'unrecorded' ? 'is in no record' : 'is in no record yet';
    return `Microsoft’s licensing service ${deedOf(change)}; who set it off ${who}.`;
  }
  const who = `The group ${groupName(groupId, context)}`;
  const missing = level === 'unrecorded' ? 'is not in any log' : 'is not in the log yet';
  return `${who} ${given} ${userName(change)} ${productOf(change)}; the event behind it ${missing}.`;
}

function deedOf(change: DetectedChange): string {
  const [user, product] = [userName(change), productOf(change)];
  switch (change.kind) {
    case 'gained':
      return `gave ${user} ${product}`;
    case 'lost':
      return `took ${product} from ${user}`;
    case 'swap':
      return `changed ${product} of ${user} to ${productOf(change, change.newSkuId)}`;
    default:
      return `changed ${product} of ${user}`;
  }
}

/** A license that went on being given only because another one needs it was to go before. */
function blockedBefore(change: DetectedChange, { context }: Evidence): ChainLink[] {
  const blocked = change.kind === 'lost' ? change.before.find(isRemovalBlocked) : undefined;
  if (!blocked) return [];
  const what = `The removal of ${productOf(change)} from ${userName(change)} had been blocked: another license needed a plan of it.`;
  return [link(context.observedBefore, what)];
}

/** Groups that the user left (or joined) near a direct change: Graph does not name all that give licenses. */
function near(change: DetectedChange, evidence: Evidence): ChainLink[] {
  const { context, window } = evidence;
  const [flip] = change.kind === 'plans-changed' ? [] : flipsOf(change);
  if (!flip || flip.path !== DIRECT) return [];
  return groupsLeftOrJoined(change, flip.direction, evidence, window).flatMap((groupId) => {
    const record = evidence.memberships(change, groupId).findLast(({ at }) => at <= window.to);
    if (!record) return [];
    const who = actorName(rootOf(record, change, context)?.actor ?? null, context);
    const name = groupName(groupId, context, record.group?.name);
    const did =
      flip.direction === 'gone' ? `removed ${userName(change)} from` : `added ${userName(change)} to`;
    const what = `Near it, and not known to be its cause: ${who} ${did} the group ${name}.`;
    return [{ ...link(record.at, what), near: 'membership' }];
  });
}

function nothingFound(level: 'unrecorded' | 'unexplained', { context }: Evidence): string {
  if (!context.auditingEnabled) return 'Auditing is off in this tenant, so that no record exists.';
  const unread = context.unreadRecords ?? 0;
  if (level === 'unexplained' && unread > 0) {
    return `${NOT_KNOWN_YET}: ${unread === 1 ? 'one record' : count(unread, 'record')} could not be read, so the logs are not complete.`;
  }
  if (level === 'unrecorded') return 'No record exists in any log, and all of them are complete.';
  const logs = standingLogs(context.coverage).map((log) => coverageText(log, context.observedBefore));
  return `${NOT_KNOWN_YET}: ${logs.join(', ') || 'no log was read'}.`;
}

function coverageText({ source, completeTo, completeFrom }: SourceCoverage, from: number): string {
  if (completeTo === null) return `the ${LOG_NAMES[source]} was not read`;
  return (completeFrom ?? from) > from
    ? `the ${LOG_NAMES[source]} is known without a gap only from ${utcMinute(completeFrom ?? from)} UTC on`
    : `the ${LOG_NAMES[source]} is complete to ${utcMinute(completeTo)} UTC`;
}

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
