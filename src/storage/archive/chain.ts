import type { Selectable } from 'kysely';
import { type DatabaseKind, type Queries, THE_TENANT } from '../database/connection.ts';
import type { AuditEventRow } from '../database/schema-audit.ts';
import { type ArchiveKey, dayOf, type Link, type LinkBody, macOf, packRows, recordHash } from './link.ts';

/** Rows that are sealed in one transaction. */
const PART = 500;

type StoredRow = Selectable<AuditEventRow>;

/** Writes links. Each call belongs to the open transaction that writes what it seals. */
export type Chain = {
  /** Takes the end of the chain for this transaction: anybody who writes records comes one after another. */
  lock(transaction: Queries): Promise<void>;
  /** Seals records that were just stored: a link for each of their days. */
  sealRecords(transaction: Queries, rows: readonly StoredRow[], at: number): Promise<void>;
  /** Notes that these rows were removed, and by what. */
  sealRemoval(
    transaction: Queries,
    rows: readonly Pick<StoredRow, 'row_no' | 'at'>[],
    policy: string,
    at: number,
  ): Promise<void>;
  sealOlder(db: Queries, at: number): Promise<number>;
};

/**
 * The chain of the archive. Every link holds the hashes of the records it seals and is bound to the link before
 * it; so what was changed, added or taken out later shows, and a late record is one link more.
 * @param key null seals without a key: that finds accidents, not somebody who writes the chain again
 */
export function createChain(kind: DatabaseKind, key: ArchiveKey | null): Chain {
  async function extend(db: Queries, at: number, links: readonly { day: string; body: LinkBody }[]) {
    const head = await lockedHead(db, kind);
    let { seq, mac } = head;
    const made = links.map(({ day, body }) => {
      seq += 1;
      const link = { seq, day, writtenAt: at, keyId: key?.id ?? '', body: JSON.stringify(body) };
      mac = macOf(key, mac, link);
      return { kind: body.kind, link: { ...link, mac } };
    });
    await db
      .insertInto('archive_links')
      .values(made.map(({ kind: says, link }) => toRow(link, says)))
      .execute();
    await db.updateTable('archive_heads').set({ seq, mac }).where('tenant_id', '=', THE_TENANT).execute();
  }

  const sealRecords: Chain['sealRecords'] = async (db, rows, at) => {
    if (rows.length === 0) return;
    await extend(
      db,
      at,
      byDay(rows).map(([day, those]) => ({
        day,
        body: {
          kind: 'records',
          rows: packRows(those.map(({ row_no }) => row_no)),
          hashes: those.map(recordHash).join(''),
        },
      })),
    );
  };

  return {
    lock: async (db) => void (await lockedHead(db, kind)),
    sealRecords,
    async sealRemoval(db, rows, policy, at) {
      if (rows.length === 0) return;
      await extend(
        db,
        at,
        byDay(rows).map(([day, those]) => ({
          day,
          body: { kind: 'removal', rows: packRows(those.map(({ row_no }) => row_no)), policy },
        })),
      );
    },
    async sealOlder(db, at) {
      let sealed = 0;
      for (let part = PART; part === PART; sealed += part) {
        part = await db.transaction().execute((transaction) => sealPart(transaction, kind, sealRecords, at));
      }
      await db.transaction().execute(async (transaction) => {
        const { seq } = await lockedHead(transaction, kind);
        if (seq === 0 || key === null || (await keyOf(transaction, seq)) === key.id) return;
        await extend(transaction, at, [{ day: dayOf(at), body: { kind: 'key' } }]);
      });
      return sealed;
    },
  };
}

/** Seals some of the rows that were there before the chain; returns how many. */
async function sealPart(
  db: Queries,
  kind: DatabaseKind,
  seal: Chain['sealRecords'],
  at: number,
): Promise<number> {
  const { older_from, older_to } = await lockedHead(db, kind);
  if (older_from > older_to) return 0;
  const rows = await db
    .selectFrom('audit_events')
    .selectAll()
    .where('row_no', '>=', older_from)
    .where('row_no', '<=', older_to)
    .orderBy('row_no')
    .limit(PART)
    .execute();
  await seal(db, rows, at);
  const next = rows.length < PART ? older_to + 1 : (rows.at(-1)?.row_no ?? older_to) + 1;
  await db
    .updateTable('archive_heads')
    .set({ older_from: next })
    .where('tenant_id', '=', THE_TENANT)
    .execute();
  return rows.length;
}

/** The end of the chain, locked until the transaction ends. Begins the chain where there is none. */
async function lockedHead(db: Queries, kind: DatabaseKind) {
  const query = db.selectFrom('archive_heads').selectAll().where('tenant_id', '=', THE_TENANT);
  const locked = kind === 'postgres' ? query.forUpdate() : query;
  const found = await locked.executeTakeFirst();
  if (found) return found;
  const last = await db
    .selectFrom('audit_events')
    .select(({ fn }) => fn.max('row_no').as('row'))
    .executeTakeFirst();
  await db
    .insertInto('archive_heads')
    .values({ tenant_id: THE_TENANT, seq: 0, mac: '', older_from: 0, older_to: Number(last?.row ?? -1) })
    .onConflict((conflict) => conflict.column('tenant_id').doNothing())
    .execute();
  return locked.executeTakeFirstOrThrow();
}

async function keyOf(db: Queries, seq: number): Promise<string | null> {
  const row = await db
    .selectFrom('archive_links')
    .select('key_id')
    .where('tenant_id', '=', THE_TENANT)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row?.key_id ?? null;
}

/** Rows by the UTC day on which they happened, each in rising order of their numbers. */
function byDay<Row extends { row_no: number; at: number }>(rows: readonly Row[]): [string, Row[]][] {
  const days = new Map<string, Row[]>();
  for (const row of rows) {
    const day = dayOf(row.at);
    const those = days.get(day);
    if (those) those.push(row);
    else days.set(day, [row]);
  }
  for (const those of days.values()) those.sort((one, other) => one.row_no - other.row_no);
  return [...days];
}

const toRow = (link: Link, kind: string) => ({
  tenant_id: THE_TENANT,
  seq: link.seq,
  day: link.day,
  kind,
  written_at: link.writtenAt,
  body: link.body,
  key_id: link.keyId,
  mac: link.mac,
});
