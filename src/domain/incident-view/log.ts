import type { Decision } from '../incident/decision.ts';
import { count } from '../numerals.ts';
import type { RestoreStep } from '../restore/step.ts';
import { LICENSE_WATCH } from '../suppression/license-watch.ts';
import type { ViewContext } from './context.ts';
import type { IncidentView } from './view.ts';

/** More names than this make a sentence nobody reads to its end. */
const MAX_NAMES = 5;

/** Decisions that hold until a time, which the card writes as its reader has it. */
const HOLDING: ReadonlySet<Decision['kind']> = new Set(['make-rule', 'extend-rule', 'snooze']);

/** Who did what about the incident, oldest first. The card adds when. */
export function decisionLog(context: ViewContext): IncidentView['log'] {
  const { incident, decisions } = context.facts;
  const requests = new Map(decisions.filter(({ kind }) => kind === 'request').map((one) => [one.id, one]));
  // What a confirmed request began is told by its confirmation.
  const confirmed = new Set(decisions.filter(({ kind }) => kind === 'confirm').map(({ at }) => at));
  const told = decisions.filter(
    ({ kind, at }) => !((kind === 'reassign' || kind === 'undo') && confirmed.has(at)),
  );
  const log: IncidentView['log'] = told.map((decision) => ({
    at: decision.at,
    what: sentenceOf(decision, requests.get(decision.about ?? '') ?? null, context),
    ...(HOLDING.has(decision.kind) ? { until: decision.until } : {}),
    // A rule has the reason of the approval that it was made of, which is told before it.
    ...(decision.kind === 'snooze' ? { because: decision.reason } : {}),
  }));
  if (incident.status === 'open' && incident.exceededRuleId !== null) {
    log.push({ at: incident.openedAt, what: 'A standing rule expects this, but of fewer users at a time' });
  }
  if (incident.status === 'restored') {
    // Of what was restored before that was noted, its last revision tells the time.
    const at = incident.restoredAt ?? incident.updatedAt;
    log.push({ at, what: 'Verified: everything is back' });
  }
  return log.sort((a, b) => a.at - b.at);
}

/** @param request what the decision answers, where it does */
function sentenceOf(decision: Decision, request: Decision | null, context: ViewContext): string {
  const by = decision.by.name;
  const because = decision.reason ? `: “${decision.reason}”` : '';
  switch (decision.kind) {
    case 'reassign':
      return `${by} ${wayOf(decision, 'reassigned', 'directly assigned to')} ${peopleOf(decision, context)}`;
    case 'undo':
      return `${by} undid the reassign for ${peopleOf(decision, context)}`;
    case 'request':
      return `${by} asked to ${askedFor(decision, context)}: a second operator must confirm`;
    case 'confirm':
      return request
        ? `${by} confirmed ${request.by.name}’s request to ${askedFor(request, context)}`
        : `${by} confirmed what another operator had asked for`;
    case 'decline':
      return request?.by.aadObjectId === decision.by.aadObjectId
        ? `${by} withdrew the request${because}`
        : `${by} declined ${request?.by.name ?? 'another operator'}’s request${because}`;
    case 'withdraw':
      return `${by} withdrew the request${because}`;
    case 'expire':
      return decision.reason === null
        ? `Nobody confirmed ${request?.by.name ?? 'an operator'}’s request in time`
        : `${request?.by.name ?? 'An operator'}’s request ended: ${decision.reason}`;
    case 'approve':
      return decision.by.aadObjectId === LICENSE_WATCH.aadObjectId
        ? `A standing rule expects this${because}`
        : `${by} approved the change${because}`;
    case 'reopen':
      return `${by} reopened this${because}`;
    case 'make-rule':
      return `${by} added a rule: changes like this are expected`;
    case 'extend-rule':
      return `${by} let the rule made of it hold`;
    case 'end-rule':
      return `${by} ended the rule that was made of it`;
    case 'snooze':
      return decision.by.aadObjectId === LICENSE_WATCH.aadObjectId
        ? 'An earlier snooze covers this'
        : `${by} snoozed this${aboutOf(decision, context)}`;
    case 'take-on':
      return `${by} is on it${because}`;
    case 'wake':
      return `${by} ended the snooze${because}`;
    case 'watch':
      return `${by} keeps an eye on ${subjectOf(decision, context)} from here on`;
    case 'unwatch':
      return `${by} no longer keeps an eye on ${subjectOf(decision, context)}`;
    case 'assign':
      return `${by} gave licenses to ${peopleOf(decision, context)}`;
    case 'remove':
      return `${by} took licenses from ${peopleOf(decision, context)}`;
    case 'swap':
      return `${by} swapped licenses of ${peopleOf(decision, context)}`;
    case 'turn-on':
    case 'turn-off':
      return `${by} switched service plans ${decision.kind === 'turn-on' ? 'on' : 'off'} for ${peopleOf(decision, context)}`;
    case 'add-to-group':
      return `${by} put ${peopleOf(decision, context)} into ${groupOf(decision)}`;
    case 'remove-from-group':
      return `${by} took ${peopleOf(decision, context)} out of ${groupOf(decision)}`;
    case 'license-group':
      return `${by} gave licenses to ${groupOf(decision)}`;
    case 'unlicense-group':
      return `${by} took licenses from ${groupOf(decision)}`;
    case 'set-channel':
      return `${by} moved the alerts to this channel`;
    // These are about alerts of detections, whose cards have a log of their own.
    case 'security-expect':
      return `${by} said that this was expected${because}`;
    case 'security-snooze':
      return `${by} snoozed this${because}`;
    case 'security-wake':
      return `${by} ended the snooze`;
    case 'security-reopen':
      return `${by} reopened this${because}`;
    // These are about no incident.
    case 'set-setting':
      return `${by} changed settings${because}`;
    case 'ask-setting':
      return `${by} asked a second owner to change settings${because}`;
    case 'decline-setting':
      return `${by} declined a change of settings${because}`;
  }
}

const groupOf = ({ group }: Decision): string => (group ? `the group ${group.name}` : 'a group');

const wayOf = ({ way }: Decision, asItWas: string, direct: string): string =>
  way === 'direct' ? direct : asItWas;

/** A request that has no way of giving back asks to take back. */
function askedFor(decision: Decision, context: ViewContext): string {
  const people = peopleOf(decision, context);
  if (decision.way === null) return `undo the reassign for ${people}`;
  return wayOf(decision, `reassign ${people}`, `assign directly to ${people}`);
}

/** "everyone", or names, and how many others: also of those that the viewer may not see. */
function peopleOf(decision: Decision, { facts, hidden, nameOf }: ViewContext): string {
  const userIds = decision.userIds ?? writtenTo(decision, facts.steps);
  if (userIds === null || userIds.length >= facts.incident.userIds.length) return 'everyone';
  const seen = userIds.filter((id) => !hidden.has(id));
  const named = seen.slice(0, MAX_NAMES).map(nameOf);
  const others = userIds.length - named.length;
  if (named.length === 0) return count(others, 'user');
  return others === 0 ? named.join(', ') : `${named.join(', ')} and ${count(others, 'other')}`;
}

/** To whom the steps of a decision write; null where it has none. Older decisions name nobody for "all". */
function writtenTo({ id }: Decision, steps: readonly RestoreStep[]): string[] | null {
  const users = new Set(
    steps.filter(({ decisionId }) => decisionId === id).flatMap(({ userIds }) => userIds),
  );
  return users.size === 0 ? null : [...users];
}

/** What else a snooze is about, besides the incident. */
function aboutOf({ about, subject }: Decision, context: ViewContext): string {
  if (subject) return ` and what comes next for ${subjectOf({ subject }, context)}`;
  switch (about) {
    case 'users':
      return ' and what comes next for its users';
    case 'skus':
      return ' and what comes next for its products';
    case 'group':
      return ' and what comes next for its group';
    default:
      return '';
  }
}

function subjectOf(
  { subject }: Pick<Decision, 'subject'>,
  { facts, nameOf, groupName }: ViewContext,
): string {
  switch (subject?.kind) {
    case 'user':
      return nameOf(subject.id);
    case 'sku':
      return facts.productName(subject.id);
    case 'group':
      return `the group ${groupName(subject.id)}`;
    default:
      return 'them';
  }
}
