import type { VerdictLevel } from './verdict.ts';

/** What is said of a cause while a record of it may still come. */
export const NOT_KNOWN_YET = 'Cause not known yet';

/** What is said where every log is complete and none has a record. */
export const NO_RECORD_EXISTS = 'No record exists';

/** What is said while the cause of some users' changes is known, and that of others is not. */
export const KNOWN_IN_PART = 'Cause known in part';

/**
 * How sure we are, in words, for cards, answers and the terminal. A card leaves it out where the sentence of the
 * cause says it.
 */
export function certainty(level: VerdictLevel, hasEvidence: boolean): string {
  switch (level) {
    case 'proved':
      return hasEvidence ? 'Confirmed by the audit log' : 'Confirmed by a new read of the tenant';
    case 'likely':
      return 'Likely';
    case 'unexplained':
      return NOT_KNOWN_YET;
    case 'unrecorded':
      return hasEvidence ? 'No record says who' : NO_RECORD_EXISTS;
  }
}
