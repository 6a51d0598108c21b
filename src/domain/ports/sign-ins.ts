/** What is stored of sign-ins. Times are ms UTC; ids are lower case. */
import type { SignIn, SignInProblem, SignInState } from '../spend/sign-in.ts';

/** One read of everybody's sign-ins. Nothing of it can be seen before `commit`. */
export interface SignInRead {
  /** A user who comes twice counts as they came last. */
  add(signIns: readonly SignIn[]): Promise<void>;
  /** Puts the read in the place of the last one, and forgets the problem. `at` is when it ended. */
  commit(at: number): Promise<void>;
}

export interface SignInStore {
  /** Begins a read; what an earlier one left unfinished is dropped. One at a time. */
  begin(): Promise<SignInRead>;
  state(): Promise<SignInState>;
  /** Notes why a read failed; what was read before stays. */
  setProblem(problem: SignInProblem): Promise<void>;
  /** Of these users, those that the last complete read told of. */
  byUsers(userIds: readonly string[]): Promise<SignIn[]>;
  /**
   * Ids of the licensed users who are there and blocked, or whose account was not used since then (ms UTC) as far
   * as the last read tells: all who may be of interest, before anything is decided of them.
   */
  perhapsUnused(since: number): Promise<string[]>;
}
