import { listed } from '../../domain/english.ts';
import type { Decision } from '../../domain/incident/decision.ts';
import { count, numeral } from '../../domain/numerals.ts';
import { REQUEST_KINDS } from '../../domain/restore/requests/request-kind.ts';
import { type RestoreStep, skusOf } from '../../domain/restore/step.ts';
import { LICENSE_WATCH } from '../../domain/suppression/license-watch.ts';
import { formatTime, type TimeStyle } from '../times/times.ts';

/** What was decided, without for whom: "Approved: leaver", "Snoozed until 4 Dec 10:00: known migration". */
export function decisionText(decision: Decision, style: TimeStyle, products: readonly string[] = []): string {
  const licenses = products.length === 0 ? 'licenses' : listed(products);
  const until = decision.until === null ? '' : ` until ${formatTime(decision.until, style)}`;
  const why = decision.reason === null ? '' : `: ${decision.reason}`;
  switch (decision.kind) {
    case 'reassign':
      return decision.way === 'direct' ? 'Reassigned directly' : 'Reassigned';
    case 'undo':
      return decision.incidentId === null ? 'Undid a license change' : 'Undid a reassign';
    case 'assign':
      return `Assigned ${licenses}`;
    case 'remove':
      return `Removed ${licenses}`;
    case 'swap':
      return `Swapped ${licenses}`;
    case 'turn-on':
      return `Switched service plans of ${licenses} on`;
    case 'turn-off':
      return `Switched service plans of ${licenses} off`;
    case 'add-to-group':
      return `Put into ${groupOf(decision)}`;
    case 'remove-from-group':
      return `Took out of ${groupOf(decision)}`;
    case 'license-group':
      return `Let ${groupOf(decision)} give ${licenses}`;
    case 'unlicense-group':
      return `Let ${groupOf(decision)} give ${licenses} no more`;
    case 'request':
      return `Asked for a second approver${until}`;
    case 'confirm':
      return 'Approved a request';
    case 'decline':
      return `Declined a request${why}`;
    case 'withdraw':
      return `Withdrew a request${why}`;
    case 'expire':
      return `A request ended${why}`;
    case 'approve':
      return isOurs(decision) ? `Expected by a standing rule${why}` : `Approved the change${why}`;
    case 'reopen':
      return `Took an approval back${why}`;
    case 'snooze':
      return isOurs(decision) ? `Kept quiet, as snoozed before${until}${why}` : `Snoozed${until}${why}`;
    case 'take-on':
      return `Took it on${why}`;
    case 'wake':
      return 'Ended a snooze';
    case 'set-channel':
      return 'Moved the alerts to another channel';
    case 'make-rule':
      return `Made a standing rule${until}${why}`;
    case 'extend-rule':
      return `Extended a standing rule${until}`;
    case 'end-rule':
      return 'Ended a standing rule';
    case 'watch':
      return 'Asked to keep an eye on';
    case 'unwatch':
      return 'Stopped keeping an eye on';
    case 'security-expect':
      return `Said that a security alert was expected${decision.until === null ? '' : `, and those like it${until}`}${why}`;
    case 'security-snooze':
      return `Snoozed a security alert${until}${why}`;
    case 'security-wake':
      return 'Ended the snooze of a security alert';
    case 'security-reopen':
      return `Reopened a security alert${why}`;
    case 'set-setting':
      return `Changed settings${why}`;
    case 'ask-setting':
      return `Asked a second owner to change settings${until}${why}`;
    case 'decline-setting':
      return `Declined a change of settings${why}`;
  }
}

const groupOf = ({ group }: Decision): string => (group ? `the group ${group.name}` : 'a group');

/** The products that the steps of a decision give or take, each once. */
export const skusWritten = (steps: readonly RestoreStep[]): string[] => [
  ...new Set(steps.flatMap(({ action }) => skusOf(action))),
];

/** Decisions that ask for something to be written. */
export const WRITES: ReadonlySet<Decision['kind']> = new Set(['reassign', 'undo', ...REQUEST_KINDS]);

/** What somebody said beforehand was applied: License Watch decides nothing itself. */
const isOurs = ({ by }: Decision): boolean => by.aadObjectId === LICENSE_WATCH.aadObjectId;

const OUTCOMES: readonly { status: RestoreStep['status']; told: string }[] = [
  { status: 'done', told: 'done' },
  { status: 'already', told: 'in place already' },
  { status: 'refused', told: 'refused' },
  { status: 'failed', told: 'failed' },
  { status: 'skipped', told: 'skipped' },
  { status: 'sending', told: 'on the way' },
  { status: 'planned', told: 'waiting' },
];

/** Before withdrawals had a kind of their own, they were declines by the asker. */
function answeredAs({ kind, by }: Decision, request: Decision): string {
  if (kind === 'confirm') return 'approved';
  return kind === 'withdraw' || by.aadObjectId === request.by.aadObjectId ? 'withdrawn' : 'declined';
}

/**
 * What came of a decision: of its steps, or of the request that it made.
 * @param answers decisions about this one, such as the one that confirmed it
 */
export function outcomeText(
  decision: Decision,
  steps: readonly RestoreStep[],
  answers: readonly Decision[],
): string {
  if (decision.kind === 'request') {
    const [answer] = answers;
    if (!answer) return 'not answered yet';
    if (answer.kind === 'expire') return answer.reason ?? 'nobody answered in time';
    return `${answeredAs(answer, decision)} by ${answer.by.name}`;
  }
  if (steps.length === 0) {
    return WRITES.has(decision.kind) ? 'no change needed' : '';
  }
  const told = OUTCOMES.flatMap(({ status, told }) => {
    const many = steps.filter((step) => step.status === status).length;
    return many === 0 ? [] : [`${numeral(many)} ${told}`];
  });
  const trouble = steps.find(
    ({ status, message }) => message !== null && (status === 'refused' || status === 'failed'),
  );
  return `${count(steps.length, 'step')}: ${listed(told)}${trouble ? `. ${trouble.message}` : ''}`;
}
