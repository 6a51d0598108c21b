import { HOUR_MS } from '../durations.ts';

/**
 * When an account was last used, as Microsoft Graph's `signInActivity` tells it. Times are ms UTC, null where it
 * tells none: then nobody has signed in since April 2020, when Microsoft began to keep it.
 */
export type SignIn = {
  userId: string;
  /** When the account was made. */
  createdAt: number | null;
  /** The last attempts, failed ones too. */
  interactiveAt: number | null;
  nonInteractiveAt: number | null;
  /** The last sign-in of either kind that succeeded; kept since December 2023. */
  successfulAt: number | null;
};

/** Why sign-ins could not be read. `code` is a ReadFailureCode, `message` a sentence that says what to do. */
export type SignInProblem = { code: string; message: string; at: number };

/** When sign-ins were last read completely, and why not since. Times are ms UTC. */
export type SignInState = { readAt: number | null; problem: SignInProblem | null };

/** Microsoft's own figures lag by up to a day: reading them more often than daily tells nothing new. */
const READ_EVERY_MS = 23.5 * HOUR_MS;

/**
 * When the account was last used, ms UTC; null when it never was. A guessed password moves the times of attempts,
 * so that the time of success wins where there is one.
 */
export function lastUsedAt({ interactiveAt, nonInteractiveAt, successfulAt }: SignIn): number | null {
  if (successfulAt !== null) return successfulAt;
  if (interactiveAt === null || nonInteractiveAt === null) return interactiveAt ?? nonInteractiveAt;
  return Math.max(interactiveAt, nonInteractiveAt);
}

/** Whether it is time to read sign-ins: once a day, and after a failure as soon as somebody asks. */
export const isReadDue = ({ readAt }: SignInState, now: number): boolean =>
  readAt === null || readAt > now || now - readAt >= READ_EVERY_MS;
