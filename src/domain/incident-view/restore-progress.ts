import { MINUTE_MS } from '../durations.ts';
import { isConcluded, isInPlace, type RestoreStep, type StepAction } from '../restore/step.ts';
import type { AffectedUser } from './view.ts';

/** What Microsoft has accepted shows in a read after this time at the latest, ms: groups are applied later. */
export const SHOWS_WITHIN_MS = 30 * MINUTE_MS;

/** Microsoft answers these before the licenses of the users have changed. */
const APPLIED_LATER: readonly StepAction['kind'][] = [
  'add-to-group',
  'remove-from-group',
  'license-group',
  'unlicense-group',
  'reprocess',
];

/** How far a user's restore has come, and why not further. */
export type Standing = Pick<AffectedUser, 'status' | 'note'>;

/**
 * How far the latest restore of a user, or its undo, has come, by its steps.
 * @param steps the user's steps of one decision, in their order; at least one
 * @param undoing whether the decision was an undo
 * @param shown whether the last read shows what the steps did: then nothing more will come of them
 * @param now ms UTC
 */
export function standingBySteps(
  steps: readonly RestoreStep[],
  undoing: boolean,
  shown: boolean,
  now: number,
): Standing {
  const open = steps.find((step) => !isConcluded(step));
  if (open) return undoing ? lost('It’s being taken back.') : restoring(open.message);
  const missed = steps.find((step) => !isInPlace(step));
  if (missed) return failed(undoing, missed.message);
  if (undoing) return lost(null);
  if (shown) return { status: 'failed', note: null };
  const latest = steps.reduce((a, b) => (b.updatedAt > a.updatedAt ? b : a));
  if (now - latest.updatedAt <= SHOWS_WITHIN_MS) {
    const later = steps.some(({ action }) => APPLIED_LATER.includes(action.kind));
    return restoring(later ? 'Microsoft is applying the group’s licenses.' : null);
  }
  return {
    status: 'failed',
    note: 'Microsoft accepted it more than 30 minutes ago, and the last read still does not show it.',
  };
}

const lost = (note: string | null): Standing => ({ status: 'lost', note });
const restoring = (note: string | null): Standing => ({ status: 'restoring', note });

const failed = (undoing: boolean, message: string | null): Standing => ({
  status: 'failed',
  note: undoing
    ? `It could not be taken back. ${message ?? ''}`.trim()
    : (message ?? 'A step before it did not succeed.'),
});
