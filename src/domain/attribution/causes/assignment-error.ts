import type { AuditEvent } from '../../audit/event.ts';
import { licenseOperation } from '../../audit/operation.ts';
import type { DetectedChange } from '../../license/change.ts';
import { assignableSeats } from '../../license/sku.ts';
import { type Assignment, DIRECT, gives } from '../../license/user-state.ts';
import { numeral } from '../../numerals.ts';
import type { Evidence } from '../evidence.ts';
import { type CauseRule, link } from '../finding.ts';
import { groupName, productOf, userName } from '../names.ts';
import type { Cause } from '../verdict.ts';
import { carriedOut } from './record.ts';

/** What Graph's assignment errors mean as a cause; every other error is a conflict in the assignment itself. */
const CAUSE_OF_ERROR: ReadonlyMap<string, Cause> = new Map([
  ['CountViolation', 'seat-shortage'],
  ['ProhibitedInUsageLocationViolation', 'usage-location'],
]);

const MEANING: ReadonlyMap<string, string> = new Map([
  ['CountViolation', 'no seat was left'],
  ['ProhibitedInUsageLocationViolation', "the service is not offered in the user's usage location"],
  ['MutuallyExclusiveViolation', 'its service plans conflict with those of another license'],
  ['DependencyViolation', 'a service plan that it depends on is missing'],
  ['UniquenessViolation', 'another account uses the same proxy address'],
  ['Other', 'another license of the same group failed with it'],
]);

/**
 * Assignments that the state itself shows to be in error. An error `Other` comes with the group's SKU that
 * really failed, so that its cause is that one's (Microsoft: if one SKU of a group fails for a user, the
 * others are not assigned either).
 */
export const assignmentError: CauseRule = (change, evidence) => {
  if (change.kind !== 'never-granted' && change.kind !== 'lost') return null;
  const failed = newlyFailed(change);
  const [first] = failed;
  if (!first) return null;
  const groupId = first.path === DIRECT ? null : first.path;
  const error = failed
    .map((assignment) => assignment.error)
    .find((code) => code !== null && code !== 'Other');
  const sibling = error === undefined ? failedSibling(change, groupId, evidence) : null;
  const behind = error ?? sibling?.error ?? first.error ?? 'Other';
  const through = groupId === null ? '' : ` through the group ${groupName(groupId, evidence.context)}`;
  const meaning = `${meaningOf(first.error)}${seatsOf(change, first.error)}${because(change, sibling)}`;
  const what =
    change.kind === 'lost'
      ? `${userName(change)} lost ${productOf(change)}${through}: ${meaning}.`
      : `${userName(change)} was never given ${productOf(change)}${through}: ${meaning}.`;
  return {
    level: 'proved',
    cause: CAUSE_OF_ERROR.get(behind) ?? 'assignment-error',
    actor: null,
    chain: [link(evidence.context.observedAfter, what)],
    groupId,
  };
};

/**
 * A path that still gave the license while its last processing had failed, and then went without a record:
 * what had failed has now taken effect, such as at the end of a grace period. It says so only of what never was
 * applied: where a service's record shows a removal it was one, and a license that went on being given because
 * another one needs it (`DependencyViolation`) had been applied, and its removal was what failed.
 */
export const failingBefore: CauseRule = (change, evidence) => {
  if (change.kind !== 'lost') return null;
  const failing = change.before.find(
    ({ state, error }) => state === 'ActiveWithError' && error !== null && error !== 'Other',
  );
  if (!failing?.error || carriedOut(change, evidence) !== null) return null;
  if (failing.error === 'DependencyViolation' && !failedAttempt(change, evidence)) return null;
  const meaning = MEANING.get(failing.error) ?? failing.error;
  const attempt = failedAttempt(change, evidence);
  const failed = `The assignment of ${productOf(change)} to ${userName(change)} was not applied: ${meaning}.`;
  const ended = `Its grace ended, and ${userName(change)} no longer has ${productOf(change)}; no removal is ever logged for that.`;
  return {
    level: 'likely',
    cause: CAUSE_OF_ERROR.get(failing.error) ?? 'assignment-error',
    actor: null,
    chain: [
      link(attempt?.at ?? evidence.context.observedBefore, failed, attempt ? [attempt] : []),
      link(evidence.context.observedAfter, ended),
    ],
    groupId: failing.path === DIRECT ? null : failing.path,
  };
};

/** The last record of an assignment that failed for this product, as far as a record tells for which. */
const failedAttempt = (change: DetectedChange, evidence: Evidence): AuditEvent | undefined =>
  evidence
    .failuresOn(change)
    .findLast(
      ({ operation, licenses }) =>
        licenseOperation(operation) === 'change-user-license' &&
        (licenses === null || licenses.after.some(({ skuId }) => skuId === change.skuId)),
    );

/** Paths that are in error now and were not. A license is lost by an error only on a path that had given it. */
const newlyFailed = (change: DetectedChange): Assignment[] =>
  change.after.filter((assignment) => {
    const earlier = change.before.find(({ path }) => path === assignment.path);
    if (assignment.state !== 'Error' || earlier?.state === 'Error') return false;
    return change.kind === 'never-granted' || (earlier !== undefined && gives(earlier));
  });

/** Another SKU that the same group failed to give the same user, for a reason of its own. */
function failedSibling(
  change: DetectedChange,
  groupId: string | null,
  evidence: Evidence,
): Assignment | null {
  if (groupId === null) return null;
  const failed = evidence
    .changesOfUser(change.userId)
    .flatMap((other) => other.after)
    .filter((assignment) => assignment.path === groupId && assignment.state === 'Error');
  return failed.find(({ error }) => error !== null && error !== 'Other') ?? null;
}

const meaningOf = (error: string | null): string =>
  MEANING.get(error ?? '') ?? `the assignment failed (${error ?? 'no reason given'})`;

const because = (change: DetectedChange, sibling: Assignment | null): string =>
  sibling ? ` (${productOf(change, sibling.skuId)}: ${meaningOf(sibling.error)})` : '';

function seatsOf(change: DetectedChange, error: string | null): string {
  if (error !== 'CountViolation' || !change.skuAfter) return '';
  return ` (${numeral(change.skuAfter.consumed)} of ${numeral(assignableSeats(change.skuAfter))} used)`;
}
