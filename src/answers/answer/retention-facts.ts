import type { RetentionPolicy } from '../../domain/archive/retention.ts';
import type { LegalHold } from '../../domain/ports.ts';

/** By what the archive keeps audit records. */
export type RetentionFacts = {
  /** The policies in force, the highest priority first and AUDIT_RETENTION_DAYS last; a sentence where their file cannot be used. */
  policies(): Promise<readonly RetentionPolicy[] | string>;
  /** Legal holds in force, oldest first. */
  holds(): Promise<readonly LegalHold[]>;
};
