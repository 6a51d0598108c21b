import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** What a column of ours holds. */
export type ColumnValue = string | number | null;

/**
 * Writes rows one after the other by one prepared statement, inside the transaction that is open: SQLite has one
 * connection, and whoever is in a transaction holds it. An INSERT of hundreds of rows costs several times as much, for
 * its text is made and read anew each time.
 * @returns of each row the number that it got; null where a conflict kept it out
 */
export type WriteRows = (text: string, rows: Iterable<readonly ColumnValue[]>) => (number | null)[];

export function rowWriter(database: DatabaseSync): WriteRows {
  const prepared = new Map<string, StatementSync>();
  return (text, rows) => {
    if (!database.isTransaction) throw new TypeError('rows are written inside a transaction');
    const known = prepared.get(text);
    const statement = known ?? database.prepare(text);
    if (!known) prepared.set(text, statement);
    const numbers: (number | null)[] = [];
    for (const row of rows) {
      const { changes, lastInsertRowid } = statement.run(...row);
      numbers.push(changes === 0 ? null : Number(lastInsertRowid));
    }
    return numbers;
  };
}
