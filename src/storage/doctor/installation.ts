import { createHash } from 'node:crypto';

/**
 * What tells one database from another, as a fingerprint that says nothing of either: the id that the migration gave
 * it, and the file that it stands in, because a copy has the same id. Two processes that show different ones for one
 * tenant do not share what they know.
 */
export const markOfFile = (id: string, { dev, ino }: { dev: number; ino: number }): string =>
  fingerprint(`${id} ${dev} ${ino}`);

/** The same of a database of a server. */
export const markOfServer = (id: string, database: string): string => fingerprint(`${id} ${database}`);

const fingerprint = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
