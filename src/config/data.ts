import type { Settings } from './settings.ts';
import { DatabaseUrl, Days, YesNo } from './values.ts';

export type DataConfig = {
  /** `file:<path>` or `postgres://…`; may hold a password. */
  databaseUrl: string;
  /** Null keeps audit records forever. */
  auditRetentionDays: number | null;
  /** Whether sentences that are not understood or not clear are kept for a while, without names. */
  keepSentences: boolean;
};

/** Reads where the database is and how long it keeps what. */
export function readData(settings: Settings): DataConfig {
  return {
    databaseUrl: settings.readOrDefault('DATABASE_URL', DatabaseUrl),
    auditRetentionDays: settings.read<number | null>('AUDIT_RETENTION_DAYS', Days, null),
    keepSentences: settings.readOrDefault('KEEP_SENTENCES', YesNo),
  };
}
