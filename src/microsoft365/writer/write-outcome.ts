import { retryAfterMs } from '../../domain/pause/retry-after.ts';
import type { ReadFailureCode, TenantReadError, WriteOutcome } from '../../domain/ports.ts';
import type { StepAction } from '../../domain/restore/step.ts';
import type { ExchangeAnswer } from '../http/exchange.ts';
import { isThrottled } from '../http/failure.ts';
import { type ServiceError, serviceError } from '../http/service-error.ts';
import { OPERATIONS, type Operation } from '../operations.ts';
import { isAlreadySo, knownRefusal } from './write-refusals.ts';

const DONE: WriteOutcome = { ok: true, changed: true };
export const ALREADY: WriteOutcome = { ok: true, changed: false };

/** What each kind of action asks of Microsoft, and the permission that it needs. */
const OPERATION_OF: Record<StepAction['kind'], Operation> = {
  'restore-account': OPERATIONS.restoreUser,
  assign: OPERATIONS.assignLicense,
  unassign: OPERATIONS.assignLicense,
  swap: OPERATIONS.assignLicense,
  'add-to-group': OPERATIONS.changeMembers,
  'remove-from-group': OPERATIONS.changeMembers,
  reprocess: OPERATIONS.reprocessLicenses,
  'license-group': OPERATIONS.licenseGroup,
  'unlicense-group': OPERATIONS.licenseGroup,
};

/** What was asked, in words: a refused removal speaks of removing. */
const DEED: Record<StepAction['kind'], string> = {
  'restore-account': 'restore the account',
  assign: 'assign the license',
  unassign: 'remove the license',
  swap: 'swap the license',
  'add-to-group': 'add the user to the group',
  'remove-from-group': 'remove the user from the group',
  reprocess: 'process the licenses of the user again',
  'license-group': 'give the license to the group',
  'unlicense-group': 'remove the license from the group',
};

/** Takes Microsoft's answer to an action and returns what became of it. `now` is ms UTC. */
export function outcomeOf(action: StepAction, answer: ExchangeAnswer | null, now: number): WriteOutcome {
  const what = DEED[action.kind];
  if (answer === null) {
    return retryable('malformed', `Microsoft did not say whether it could ${what}. It is looked at again.`);
  }
  // 202 as well: what a group gives reaches its members later.
  if (answer.status >= 200 && answer.status < 300) return DONE;
  const error = serviceError(answer.text);
  if (isAlreadySo(action.kind, answer.status, error)) return ALREADY;
  const passing = passingReason(action, answer, error);
  if (passing === null) return refusalOf(action, answer.status, error);
  const asked = retryAfterMs(answer.headers['retry-after'], now);
  const said = error.code ? `${answer.status} ${error.code}` : String(answer.status);
  return retryable(passing, `Microsoft could not ${what} just now (${said}). It is tried again.`, asked);
}

/** Takes a batch that failed as a whole, before or without any answer, and returns what that means for each action. */
export function outcomeOfFailure(error: TenantReadError): WriteOutcome {
  if (MAY_PASS.has(error.code)) return retryable(error.code, error.message);
  return refused(error.code === 'forbidden' ? 'forbidden' : 'refused', error.message);
}

/** Failures that another attempt, later, may not meet; `malformed` ones may have been carried out. */
const MAY_PASS: ReadonlySet<ReadFailureCode> = new Set([
  'throttled',
  'server-error',
  'timeout',
  'unreachable',
  'malformed',
  'cancelled',
]);

/** Why an answer may be another one later; null for a refusal. */
function passingReason(
  action: StepAction,
  answer: ExchangeAnswer,
  error: ServiceError,
): ReadFailureCode | null {
  const { status } = answer;
  // 424: an older text of Microsoft's says that a throttled batch is answered so.
  if (isThrottled(answer) || status === 424) return 'throttled';
  if (status === 408) return 'timeout';
  if (error.code === 'Directory_ConcurrencyViolation') return 'server-error';
  // Somebody changes the same object at the moment. A restore meets another object of the same name instead.
  if (status === 409 && action.kind !== 'restore-account') return 'server-error';
  // 501 says that the request will never be understood; every other 5xx may pass.
  return status >= 500 && status !== 501 ? 'server-error' : null;
}

function refusalOf(action: StepAction, status: number, error: ServiceError): WriteOutcome {
  const what = DEED[action.kind];
  const { permission } = OPERATION_OF[action.kind];
  if (status === 404) return refused('not-found', MISSING[action.kind]);
  if (status === 401 || status === 403) {
    const consent = `Grant it the application permission ${permission} with admin consent; the token of a managed identity takes up to 24 hours to know of it.`;
    return refused('forbidden', `The app may not ${what}. ${consent}${EVEN_THEN[action.kind] ?? ''}`);
  }
  const known = knownRefusal(action.kind, error);
  if (known !== null) return refused(known.code, known.message);
  const said = error.message || `status ${status} without an explanation`;
  return refused('refused', `Microsoft refused to ${what}: ${said.replace(/\.?$/, '.')}`);
}

/** What the permission does not allow (Graph, "Restore deleted item"). */
const EVEN_THEN: Partial<Record<StepAction['kind'], string>> = {
  'restore-account': ' An account with an administrator role has to be restored by an administrator.',
};

const NO_USER = 'The user does not exist any more. An administrator can restore the account within 30 days.';
const NO_GROUP = 'The group does not exist any more.';

const MISSING: Record<StepAction['kind'], string> = {
  'restore-account': 'The account is not among the deleted users any more: it is gone for good.',
  assign: NO_USER,
  unassign: NO_USER,
  swap: NO_USER,
  'add-to-group': 'The user or the group does not exist any more.',
  'remove-from-group': 'The user or the group does not exist any more.',
  reprocess: NO_USER,
  'license-group': NO_GROUP,
  'unlicense-group': NO_GROUP,
};

export const refused = (code: string, message: string): WriteOutcome => ({
  ok: false,
  retryable: false,
  code,
  message,
});

export const retryable = (
  code: ReadFailureCode,
  message: string,
  retryAfter: number | null = null,
): WriteOutcome => ({ ok: false, retryable: true, code, message, retryAfterMs: retryAfter });
