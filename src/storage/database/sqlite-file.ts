import { fileURLToPath } from 'node:url';

/** The name of a database that is in no file. */
export const IN_MEMORY = ':memory:';

/**
 * The file of a SQLite database. `file:///a/b` is a URL; `file:./a` and `file:a` are paths from where the process was
 * started. Null for every other database, and for one in memory.
 */
export function sqliteFile(url: string): string | null {
  if (!url.startsWith('file:')) return null;
  const path = url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length);
  return path === '' || path === IN_MEMORY ? null : path;
}
