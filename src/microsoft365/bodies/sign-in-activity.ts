import { z } from 'zod';
import type { SignIn } from '../../domain/spend/sign-in.ts';
import { Instant, timeOrNull } from './instant.ts';
import { lowerCase } from './normal-form.ts';

/** Microsoft Graph `signInActivity` of a user, who has none before the first sign-in. */
const SignInActivity = z.object({
  lastSignInDateTime: Instant.nullish(),
  lastNonInteractiveSignInDateTime: Instant.nullish(),
  lastSuccessfulSignInDateTime: Instant.nullish(),
});

/** Microsoft Graph `user`, as far as it tells whether the account is used. */
export const GraphSignIn = z.object({
  id: z.string(),
  createdDateTime: Instant.nullish(),
  signInActivity: SignInActivity.nullish(),
});
export type GraphSignIn = z.infer<typeof GraphSignIn>;

/** The properties that `GraphSignIn` needs, for `$select`. */
export const SIGN_IN_PROPERTIES: readonly string[] = Object.keys(GraphSignIn.shape);

/** Takes a checked Graph body and returns what we keep. */
export const toSignIn = ({ id, createdDateTime, signInActivity: activity }: GraphSignIn): SignIn => ({
  userId: lowerCase(id),
  createdAt: timeOrNull(createdDateTime),
  interactiveAt: timeOrNull(activity?.lastSignInDateTime),
  nonInteractiveAt: timeOrNull(activity?.lastNonInteractiveSignInDateTime),
  successfulAt: timeOrNull(activity?.lastSuccessfulSignInDateTime),
});
