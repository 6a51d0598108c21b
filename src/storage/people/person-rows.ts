import { z } from 'zod';
import { type Mentions, mentionsOf } from '../../domain/people/mentions.ts';
import { type PersonNames, pseudonymOf } from '../../domain/people/names.ts';
import type { PersonRow } from '../../domain/ports/people.ts';
import { AuditEvent } from '../audit/audit-json.ts';
import type { DatabaseKind, Queries } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';
import { tablesAboutPeople } from './person-tables.ts';
import { rowsNaming } from './rows-naming.ts';

/** Every stored row about a person, table by table. */
export async function* personRows(
  db: Queries,
  kind: DatabaseKind,
  names: PersonNames,
  signal: AbortSignal,
): AsyncGenerator<PersonRow> {
  const mentions = mentionsOf(names, pseudonymOf('000000000000'));
  for (const { table, entry } of tablesAboutPeople()) {
    for await (const rows of rowsNaming(db, kind, table, mentions, signal)) {
      for (const { row } of rows) {
        const as = entry.does === 'records' ? { as: rolesIn(row, mentions) } : {};
        yield { table, kind: entry.kind, ...as, row: readable(row) };
      }
    }
  }
}

const Owner = z.looseObject({ MailboxOwnerUPN: z.string().optional(), MailboxGuid: z.string().optional() });

/** As what an audit record names the person. */
function rolesIn(row: Record<string, unknown>, mentions: Mentions): NonNullable<PersonRow['as']> {
  const event = readStored(AuditEvent, String(row.event), `audit record ${String(row.id)}`);
  const isThem = (names: readonly (string | null | undefined)[]) =>
    names.some((name) => name != null && mentions.surelyIn(name));
  const roles: NonNullable<PersonRow['as']> = [];
  if (isThem([event.actor?.id, event.actor?.name])) roles.push('actor');
  if (event.targets.some(({ id, name }) => isThem([id, name]))) roles.push('target');
  const owner = Owner.safeParse(readable({ raw: row.raw }).raw);
  if (owner.success && isThem([owner.data.MailboxOwnerUPN])) roles.push('mailbox owner');
  return roles.length > 0 ? roles : ['mentioned'];
}

/** A row with its JSON read. */
const readable = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, typeof value === 'string' ? jsonIn(value) : value]),
  );

function jsonIn(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
