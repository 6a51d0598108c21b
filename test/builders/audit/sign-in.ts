import type { SignIn } from '../../../src/domain/spend/sign-in.ts';

/** Somebody who has been here for years and signed in on 1 November 2026, unless told otherwise. */
export const aSignIn = (over: Partial<SignIn> = {}): SignIn => ({
  userId: '11111111-0000-4000-8000-000000000001',
  createdAt: Date.UTC(2020, 0, 1),
  interactiveAt: null,
  nonInteractiveAt: null,
  successfulAt: Date.UTC(2026, 10, 1),
  ...over,
});
