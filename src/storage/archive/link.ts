import { createHmac, hash } from 'node:crypto';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { AuditEventRow } from '../database/schema-audit.ts';

/** Rows by number in rising order: the first one, and how far each next one is from the one before. */
const RowNumbers = z.array(z.int().nonnegative());

/** What a link says, by its kind. Hashes are base64url, each 43 characters, in the order of the rows. */
export const LinkBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('records'), rows: RowNumbers, hashes: z.string() }),
  z.object({ kind: z.literal('removal'), rows: RowNumbers, policy: z.string() }),
  z.object({ kind: z.literal('key') }),
]);
export type LinkBody = z.infer<typeof LinkBody>;

/** A link of the chain. `day` is the UTC day of its records, `2026-11-27`; times are ms UTC. */
export type Link = {
  seq: number;
  day: string;
  writtenAt: number;
  /** JSON text of a LinkBody, as it was sealed. */
  body: string;
  /** Which key sealed it; empty for none. */
  keyId: string;
  mac: string;
};

/** The columns of a record that the chain covers, in a fixed order. */
export type SealedColumns = Omit<Selectable<AuditEventRow>, 'row_no' | 'record_type'>;

/** The hash of a record as it is stored: base64url of SHA-256, 43 characters. */
export function recordHash(row: SealedColumns): string {
  const columns = [
    row.id,
    row.source,
    row.at,
    row.received_at,
    row.operation,
    row.workload,
    row.result,
    row.actor_kind,
    row.actor_id,
    row.actor_name,
    row.correlation_id,
    row.client_ip,
    row.event,
    row.raw,
    row.flaw,
  ];
  return hash('sha256', JSON.stringify(columns), 'base64url');
}

/** Characters of one hash in a body. */
export const HASH_LENGTH = 43;

/** What seals a link and everything before it: with a key nobody else can make it, without one anybody can. */
export function macOf(key: ArchiveKey | null, previous: string, link: Omit<Link, 'mac'>): string {
  const text = JSON.stringify([previous, link.seq, link.day, link.writtenAt, link.keyId, link.body]);
  return key === null
    ? hash('sha256', text, 'base64url')
    : createHmac('sha256', key.secret).update(text).digest('base64url');
}

/** A key of the archive. Its id tells which one sealed a link, and nothing of the key. */
export type ArchiveKey = { id: string; secret: string };

/** The key with its id. */
export const archiveKey = (secret: string): ArchiveKey => ({
  secret,
  id: createHmac('sha256', secret).update('license-watch archive key').digest('base64url').slice(0, 10),
});

/** Row numbers in rising order as a body has them. */
export const packRows = (rows: readonly number[]): number[] =>
  rows.map((row, index) => row - (index === 0 ? 0 : (rows[index - 1] ?? 0)));

/** Row numbers of a body, in rising order. */
export function unpackRows(packed: readonly number[]): number[] {
  let row = 0;
  return packed.map((step) => {
    row += step;
    return row;
  });
}

/** The UTC day of a time in ms. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
