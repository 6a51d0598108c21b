import type { Settings } from './settings.ts';
import { readSiem, type SiemConfig } from './siem.ts';
import { ArchiveKeys, Copies, DatabaseUrl, Days, Text, YesNo } from './values.ts';

export type DataConfig = {
  /** `file:<path>` or `postgres://…`; may hold a password. */
  databaseUrl: string;
  /** How many copies of a SQLite file are kept that are made before an upgrade changes it. */
  databaseCopies: number;
  /** Null keeps audit records forever. */
  auditRetentionDays: number | null;
  /** File with policies by which some audit records are kept for a time of their own; null for none. */
  retentionPath: string | null;
  /** What the archive is sealed with: the present key first, then former ones. Secrets. */
  archiveKeys: readonly string[];
  /** Where audit records are passed on to; null for nowhere. */
  siem: SiemConfig | null;
  /** Whether sentences that are not understood or not clear are kept for a while, without names. */
  keepSentences: boolean;
};

/** What of it may be set in chat. */
export type Keeping = Pick<DataConfig, 'auditRetentionDays' | 'keepSentences'>;

/** What a store is opened with. */
export const storeOptions = ({ databaseUrl, databaseCopies, archiveKeys }: DataConfig) => ({
  url: databaseUrl,
  copies: databaseCopies,
  archiveKeys,
});

/** Reads where the database is and how long it keeps what. */
export function readData(settings: Settings): DataConfig {
  return {
    databaseUrl: settings.readOrDefault('DATABASE_URL', DatabaseUrl),
    databaseCopies: settings.readOrDefault('DATABASE_COPIES', Copies),
    retentionPath: settings.read<string | null>('RETENTION_PATH', Text, null),
    archiveKeys: settings.read<readonly string[]>('ARCHIVE_KEY', ArchiveKeys, []),
    siem: readSiem(settings),
    ...readKeeping(settings),
  };
}

/** Reads how long audit records are kept, and whether sentences are. */
export const readKeeping = (settings: Settings): Keeping => ({
  auditRetentionDays: settings.read<number | null>('AUDIT_RETENTION_DAYS', Days, null),
  keepSentences: settings.readOrDefault('KEEP_SENTENCES', YesNo),
});
