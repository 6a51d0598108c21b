import { hash } from 'node:crypto';
import { stepsOf } from './plan.ts';
import type { RestorePlan } from './plan-types.ts';

/**
 * Names what a plan will write, as SHA-256 in hex: two plans with the same digest write the same. It goes out on the
 * card and comes back with the press.
 */
export const planDigest = (plan: RestorePlan): string =>
  hash('sha256', JSON.stringify(stepsOf(plan).map(({ action }) => action)), 'hex');

/**
 * Tells whether a digest is one that cards of version 0.1 carry, 16 digits of another hash: what plan it named can no
 * longer be said, so that the plan of now is shown before anything is written.
 */
export const isFormerDigest = (digest: string): boolean => /^[0-9a-f]{16}$/.test(digest);
