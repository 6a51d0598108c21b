import type { UserState } from '../license/user-state.ts';
import type { PersonUsage } from '../usage/usage.ts';
import { type AccountKind, guessAccount } from './account-guess.ts';

/** What an account is and by what that is known: `certain` where Microsoft says so, else a guess by its names. */
export type AccountFound = { kind: AccountKind | 'room' | 'blocked'; because: string; certain: boolean };

/** Above this a shared mailbox needs a license, bytes (Exchange Online limits). */
export const SHARED_LIMIT_BYTES = 50 * 2 ** 30;

/** What is known of an account besides its state. */
export type AccountFacts = {
  usage: PersonUsage | null;
  /** Exchange's `userPurpose`; null where it was not read. */
  purpose: string | null;
  holdsResourceProduct: boolean;
};

/** What an account is: by `userPurpose`, else by the report of mailboxes, else by its names. */
export function accountOf(
  user: UserState,
  { usage, purpose, holdsResourceProduct }: AccountFacts,
): AccountFound {
  const guess = guessAccount(user, holdsResourceProduct);
  const said = purpose ?? usage?.mailbox?.kind ?? null;
  const because = purpose === null ? 'the report of mailboxes says so' : 'Exchange says so';
  // An account to get in with in an emergency stays one, whatever its mailbox is.
  if (guess.kind !== 'emergency' && said !== null) {
    if (/^shared/i.test(said)) return { kind: 'shared', because, certain: true };
    if (/^(?:room|equipment)/i.test(said)) return { kind: 'room', because, certain: true };
    if (/^user/i.test(said) && guess.kind === 'shared') return plain(user, because);
  }
  if (guess.kind === 'person') return plain(user, guess.because);
  return { kind: guess.kind, because: guess.because, certain: guess.kind === 'guest' };
}

const plain = ({ accountEnabled }: UserState, because: string): AccountFound =>
  accountEnabled === false
    ? { kind: 'blocked', because: 'Microsoft says so', certain: true }
    : { kind: 'person', because, certain: true };

/** Whether a shared mailbox needs its license, as far as is known; a hold cannot be seen. */
export type SharedNeed = 'too-large' | 'archive' | 'not-seen' | 'not-known';

/** Why a shared mailbox needs a license: over 50 GB, or with an archive. Litigation hold is shown by nothing. */
export function sharedNeed(usage: PersonUsage | null): SharedNeed {
  const mailbox = usage?.mailbox ?? null;
  if (mailbox?.bytes == null) return 'not-known';
  if (mailbox.bytes > SHARED_LIMIT_BYTES) return 'too-large';
  return mailbox.hasArchive === true ? 'archive' : 'not-seen';
}
