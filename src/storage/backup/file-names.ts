/** The file with the heads of the archive's chain, beside its database. */
export const headsBeside = (file: string): string => `${file}.heads`;

/** A time as a part of a file name, in UTC: `20261130T181500Z`. */
export const timeInName = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** What SQLite keeps beside a database that is open, or was not closed. */
export const besideSqlite = (file: string): string[] => [`${file}-wal`, `${file}-shm`, `${file}-journal`];
