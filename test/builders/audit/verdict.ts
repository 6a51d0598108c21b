import type { Verdict } from '../../../src/domain/attribution/verdict.ts';

/** No record found yet, unless told otherwise. */
export const aVerdict = (over: Partial<Verdict> = {}): Verdict => ({
  level: 'unexplained',
  cause: 'unknown',
  actor: null,
  chain: [],
  evidence: [],
  groupId: null,
  advisories: [],
  ...over,
});
