import { z } from 'zod';
import { mentionsOf } from '../../domain/people/mentions.ts';
import { namesOfText, type PersonNames, pseudonymOf } from '../../domain/people/names.ts';
import type { FoundPerson } from '../../domain/ports/people.ts';
import { type DatabaseKind, type Queries, THE_TENANT } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';
import { decodeUserState } from '../scans/user-state-text.ts';
import { StoredNames } from './names-json.ts';
import { rowsNaming } from './rows-naming.ts';

const NOBODY = pseudonymOf('000000000000');
/** So many people who fit are named. */
const MAX_FOUND = 10;

/** Who is meant by an object id, an address or a former name; also somebody whose erasure was interrupted. */
export async function findPerson(db: Queries, kind: DatabaseKind, text: string): Promise<FoundPerson[]> {
  const said = text.trim().toLowerCase();
  const begun = await erasuresOf(db, said);
  if (begun.length > 0) {
    return begun.map((names) => ({ names, displayName: null, isPresent: false, isErasing: true }));
  }
  const given = namesOfText(said);
  if (given === null) return [];
  const ids = new Set<string>();
  const never = new AbortController().signal;
  for (const table of ['user_states', 'user_former_names'] as const) {
    for await (const rows of rowsNaming(db, kind, table, mentionsOf(given, NOBODY), never)) {
      for (const { row } of rows) {
        if (!isMeant(table, row, said)) continue;
        ids.add(String(table === 'user_states' ? row.id : row.user_id));
      }
      if (ids.size >= MAX_FOUND) break;
    }
  }
  const found = await Promise.all([...ids].map((id) => personOf(db, kind, id)));
  return found.filter((person) => person !== null);
}

function isMeant(
  table: 'user_states' | 'user_former_names',
  row: Record<string, unknown>,
  said: string,
): boolean {
  if (table === 'user_former_names') return String(row.name).toLowerCase() === said || row.user_id === said;
  const state = decodeUserState(String(row.id), String(row.state));
  return [state.id, state.userPrincipalName, state.mail].some((name) => name?.toLowerCase() === said);
}

/** Whatever the store calls an account. */
async function personOf(db: Queries, kind: DatabaseKind, id: string): Promise<FoundPerson | null> {
  const row = await db.selectFrom('user_states').selectAll().where('id', '=', id).executeTakeFirst();
  const former = await db.selectFrom('user_former_names').select('name').where('user_id', '=', id).execute();
  const state = row ? decodeUserState(id, row.state) : null;
  const known = former.map(({ name }) => name);
  const addresses = [state?.userPrincipalName, state?.mail, ...known]
    .filter((name) => name != null)
    .map((name) => name.toLowerCase())
    .filter((name) => namesOfText(name)?.id === null);
  const displayNames = [state?.displayName, ...known].filter((name) => name != null);
  const names: PersonNames = {
    id,
    addresses: [...new Set(addresses)],
    written: await theirsAlone(db, kind, id, displayNames),
    chats: await chatsOf(db, id),
  };
  return {
    names,
    displayName: state?.displayName ?? null,
    isPresent: row !== undefined && row.removed_at === null,
    isErasing: false,
  };
}

/** Names of two words or more that nobody else is called. */
async function theirsAlone(
  db: Queries,
  kind: DatabaseKind,
  id: string,
  names: readonly string[],
): Promise<string[]> {
  const theirs: string[] = [];
  const never = new AbortController().signal;
  for (const name of new Set(names.filter((text) => /\S\s+\S/.test(text) && !text.includes('@')))) {
    const mentions = mentionsOf({ id: null, addresses: [], written: [name], chats: [] }, NOBODY);
    let others = 0;
    for await (const rows of rowsNaming(db, kind, 'user_states', mentions, never)) {
      others += rows.filter(({ row }) => row.id !== id).length;
      if (others > 0) break;
    }
    if (others === 0) theirs.push(name);
  }
  return theirs;
}

const Reference = z.looseObject({ user: z.looseObject({ id: z.string() }).optional() });

/** The keys of the person's own chats with the bot, and their id in Teams. A reference names them by their object id. */
async function chatsOf(db: Queries, id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('conversations')
    .select(['key', 'reference'])
    .where('kind', '=', 'personal')
    .where('reference', 'like', `%${id}%`)
    .execute();
  const chats = rows.flatMap(({ key, reference }) => {
    const { user } = readStored(Reference, reference, `the conversation ${key}`);
    return user ? [key, user.id] : [key];
  });
  return [...new Set(chats)];
}

async function erasuresOf(db: Queries, said: string): Promise<PersonNames[]> {
  const rows = await db.selectFrom('erasures').selectAll().where('tenant_id', '=', THE_TENANT).execute();
  return rows
    .map((row) => readStored(StoredNames, row.names, `the erasure of ${row.person}`))
    .filter(({ id, addresses }) => id === said || addresses.includes(said));
}
