import type { SignInState } from '../../domain/spend/sign-in.ts';
import { formatTime, type TimeStyle } from '../times/times.ts';

/** "read 23 Nov 02:40"; "not read: the tenant needs Entra ID P1 …"; with what to do where they cannot be read. */
export function signInsText({ readAt, problem }: SignInState, style: TimeStyle): string {
  if (readAt === null) return problem ? `not read. ${problem.message}` : 'not read yet';
  const read = `read ${formatTime(readAt, style)}`;
  return problem ? `${read}, and not since. ${problem.message}` : read;
}
