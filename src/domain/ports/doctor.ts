import type { FormerFinding } from '../doctor/changes.ts';
import type { Finding } from '../doctor/finding.ts';

/** What the doctor found when it looked last. */
export interface DoctorStore {
  /** Null before the first run. `at` is ms UTC. */
  last(): Promise<{ at: number; findings: FormerFinding[] } | null>;
  /** Puts what was found in the place of what was known. */
  keep(findings: readonly Pick<Finding, 'check' | 'ok' | 'detail'>[], at: number): Promise<void>;
}
