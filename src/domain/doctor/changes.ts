import type { Finding } from './finding.ts';

/** A check as it was found before. */
export type FormerFinding = Pick<Finding, 'check' | 'ok' | 'detail'>;

/** What is another than the last time: what began to fail, what was put right. Null before: there was no last time. */
export type DoctorChanges = { newlyWrong: string[]; putRight: string[] };

/** Compares two runs. A check that could not be tried in one of them says nothing. */
export function changesSince(
  before: readonly FormerFinding[],
  now: readonly Pick<Finding, 'check' | 'ok'>[],
): DoctorChanges {
  const former = new Map(before.map(({ check, ok }) => [check, ok]));
  const named = (from: boolean, to: boolean): string[] =>
    now.filter(({ check, ok }) => ok === to && former.get(check) === from).map(({ check }) => check);
  return { newlyWrong: named(true, false), putRight: named(false, true) };
}
