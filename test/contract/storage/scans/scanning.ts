import type { UserState } from '../../../../src/domain/license/user-state.ts';
import type { ScanCommit, ScanSession, StatePair, Store } from '../../../../src/domain/ports.ts';
import { aScanRecord } from '../../../builders/jobs/scan-record.ts';
import { aUserState } from '../../../builders/license/user-state.ts';

let scans = 0;

/** A commit of a complete full scan, with an id of its own. */
export function aScanCommit(over: Partial<ScanCommit> = {}): ScanCommit {
  scans++;
  return {
    record: aScanRecord({ id: `scan-${scans}` }),
    changes: [],
    settle: [],
    tenant: null,
    deltaLink: null,
    ...over,
  };
}

/** Reads these users, and commits that these and no others are there. */
export async function scanFinds(
  store: Store,
  users: readonly UserState[],
  over: Partial<ScanCommit> = {},
): Promise<void> {
  const session = await store.scans.begin('scan');
  await session.stage(users);
  await session.stageGone(await session.unseen());
  await session.commit(aScanCommit(over));
}

/** All that a session tells as different. */
export async function pairsOf(session: ScanSession): Promise<StatePair[]> {
  const all: StatePair[] = [];
  for await (const pairs of session.pairs()) all.push(...pairs);
  return all;
}

/** All users that the store tells. */
export async function allUsers(store: Store) {
  const all = [];
  for await (const users of store.users.all()) all.push(...users);
  return all;
}

/** The user with this number, whose id sorts as the number does. */
export const userNo = (no: number, over: Partial<UserState> = {}): UserState =>
  aUserState({
    id: `11111111-0000-4000-8000-${String(no).padStart(12, '0')}`,
    displayName: `Person ${no}`,
    ...over,
  });

/** Users with these numbers. */
export const usersNo = (from: number, to: number): UserState[] =>
  Array.from({ length: to - from + 1 }, (_, index) => userNo(from + index));
