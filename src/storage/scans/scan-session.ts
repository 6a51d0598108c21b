import { sql } from 'kysely';
import type { AlertNote } from '../../domain/alert/reason.ts';
import type { UserState } from '../../domain/license/user-state.ts';
import type { ScanCommit, ScanRecord, ScanSession, StatePair } from '../../domain/ports.ts';
import { StorageError } from '../database/storage-error.ts';
import { insertNotes } from '../delivery/alert-rows.ts';
import { ReadPages } from './read-pages.ts';
import { commitScan, type SessionParts, type Written } from './scan-commit.ts';
import { recordScan } from './scan-record.ts';
import { SeenRows } from './seen-rows.ts';
import { decodeUserState } from './user-state-text.ts';
import { stateVersion, watchState } from './watch-state.ts';

const PAIRS_AT_ONCE = 500;
const USERS_AT_ONCE = 10_000;

/** One read in progress: what it stages is its own until `commit`. */
export class StoredScanSession implements ScanSession {
  readonly #parts: SessionParts;
  readonly #seen = new SeenRows();
  readonly #read = new ReadPages();
  #over = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  async stage(users: readonly UserState[], digest: string | null = null): Promise<void> {
    this.#mustBeOpen();
    if (users.length === 0) return;
    this.#read.compared(digest, await this.#parts.staging.compare(users, this.#seen));
  }

  async stageKnownPage(digest: string): Promise<number | null> {
    this.#mustBeOpen();
    const { db, knownPages } = this.#parts;
    if (!knownPages.has(digest)) return null;
    const runs = knownPages.find(digest, await stateVersion(db));
    // Of a user read before in this scan the last reading counts, so that it must be compared.
    if (runs === undefined || this.#seen.hasAny(runs)) return null;
    const users = this.#seen.markAll(runs);
    this.#read.known(digest, runs, users);
    return users;
  }

  async stageGone(userIds: readonly string[]): Promise<void> {
    this.#mustBeOpen();
    if (userIds.length === 0) return;
    this.#read.compared(null, await this.#parts.staging.putGone(userIds, this.#seen));
  }

  async unseen(): Promise<string[]> {
    this.#mustBeOpen();
    const { db, version } = this.#parts;
    const now = await watchState(db);
    // Nobody else has committed, so the number of users is what it was, and all of them were met.
    if (now.version === version && now.present_users === this.#seen.count) return [];
    const unseen: string[] = [];
    for (let after = -1; ; ) {
      const rows = await db
        .selectFrom('user_states')
        .select(['row_no', 'id'])
        .where('row_no', '>', after)
        .where('removed_at', 'is', null)
        .orderBy('row_no')
        .limit(USERS_AT_ONCE)
        .execute();
      for (const row of rows) if (!this.#seen.has(row.row_no)) unseen.push(row.id);
      const last = rows.at(-1);
      if (!last || rows.length < USERS_AT_ONCE) return unseen;
      after = last.row_no;
    }
  }

  async licensedBefore(): Promise<number> {
    return (await watchState(this.#parts.db)).licensed_users;
  }

  async *pairs(): AsyncIterable<StatePair[]> {
    this.#mustBeOpen();
    const { db, staging } = this.#parts;
    await db.connection().execute((connection) => staging.seal(connection));
    for (let after = ''; ; ) {
      const { rows } = await sql<{ id: string; before: string | null; after: string | null }>`
        select g.id, u.state as before, g.state as after
        from ${staging.rows} g left join user_states u on u.id = g.id and u.removed_at is null
        where g.id > ${after} and g.state is distinct from u.state
        order by g.id limit ${PAIRS_AT_ONCE}`.execute(db);
      if (rows.length > 0) {
        yield rows.map((row) => ({
          before: row.before === null ? null : decodeUserState(row.id, row.before),
          after: row.after === null ? null : decodeUserState(row.id, row.after),
        }));
      }
      const last = rows.at(-1);
      if (!last || rows.length < PAIRS_AT_ONCE) return;
      after = last.id;
    }
  }

  async commit(commit: ScanCommit): Promise<void> {
    this.#mustBeOpen();
    // A commit that throws has written nothing: the scan can still be abandoned, and its reason recorded.
    const written = await commitScan(this.#parts, commit, this.#read);
    this.#over = true;
    this.#rememberPages(written);
    await this.#clear();
  }

  async abandon(record: ScanRecord, note?: AlertNote): Promise<void> {
    this.#mustBeOpen();
    this.#over = true;
    await this.#clear();
    await this.#parts.db.transaction().execute(async (transaction) => {
      await recordScan(transaction, record);
      await insertNotes(transaction, note ? [note] : []);
    });
  }

  /** Staging that cannot be emptied is in nobody's way; whoever opens the next one removes it. */
  async #clear(): Promise<void> {
    await this.#parts.staging.clear().catch(() => undefined);
  }

  #rememberPages({ version, rows, firstOfAll }: Written): void {
    const { knownPages } = this.#parts;
    const metNobodyElse = version === this.#parts.version + 1;
    if (this.#read.any && metNobodyElse) {
      knownPages.replace(version, this.#read.agreeing({ met: this.#seen.count, firstOfAll }));
    } else {
      knownPages.rowsWritten(version, rows);
    }
  }

  #mustBeOpen(): void {
    if (this.#over)
      throw new StorageError('scan-over', 'This scan has been committed or abandoned; begin another one.');
  }
}
