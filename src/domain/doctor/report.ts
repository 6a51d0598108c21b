import type { FormerFinding } from './changes.ts';
import type { Finding } from './finding.ts';

/** What one run found, and what the run before it had found (null: there was none). Times are ms UTC. */
export type DoctorReport = {
  at: number;
  findings: readonly Finding[];
  before: { at: number; findings: readonly FormerFinding[] } | null;
};
