import { hash } from 'node:crypto';
import { stepsOf } from './plan.ts';
import type { RestorePlan } from './plan-types.ts';
import type { PlannedStep } from './step.ts';

/**
 * Names what a plan will write, as SHA-256 in hex: two plans with the same digest write the same. It goes out on the
 * card and comes back with the press.
 */
export const planDigest = (plan: RestorePlan): string =>
  hash('sha256', JSON.stringify(stepsOf(plan).map(({ action }) => action)), 'hex');

/**
 * The same of steps that concern everybody in a group: whom they reach counts as much as what they write, since a
 * group that has grown since it was shown takes more seats.
 */
export const reachDigest = (steps: readonly PlannedStep[]): string =>
  hash(
    'sha256',
    JSON.stringify(steps.map(({ action, userIds }) => ({ action, userIds: userIds.toSorted() }))),
    'hex',
  );

/**
 * Tells whether a digest is one that cards of version 0.1 carry, 16 digits of another hash: what plan it named can no
 * longer be said, so that the plan of now is shown before anything is written.
 */
export const isFormerDigest = (digest: string): boolean => /^[0-9a-f]{16}$/.test(digest);
