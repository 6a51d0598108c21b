/** Who acted and what was acted on, in records of the Management Activity API. */
import type { Actor, AuditTarget } from '../../../domain/audit/event.ts';
import { isPartnerName, systemApp, withKnownKind } from '../../../domain/audit/system-actors.ts';
import { isObject } from './exported-row.ts';
import { asCount, asText, isGuid, objectId } from './loose-fields.ts';

/** An entry of `Actor` or `Target`. Types: 0 claim, 1 name, 2 other (ids and words), 3 PUID, 4 SPN, 5 UPN. */
export type Identity = { ID: string | null; Type: number | null };

/** Null for what is no object. */
export const identityOf = (entry: unknown): Identity | null =>
  isObject(entry) ? { ID: asText(entry.ID), Type: asCount(entry.Type) } : null;

type Known = {
  upn: string | null;
  name: string | null;
  prefixed: Map<string, string>;
  words: Set<string>;
  ids: string[];
};

/** Sorts the entries by what they say: type 2 holds `User_<guid>`, bare ids and words all at once. */
function read(identities: readonly Identity[]): Known {
  const known: Known = { upn: null, name: null, prefixed: new Map(), words: new Set(), ids: [] };
  for (const { ID, Type } of identities) {
    if (ID === null) continue;
    const prefixed = /^([A-Za-z]+)_([0-9a-f]{8}-[0-9a-f-]{27})$/i.exec(ID);
    if (Type === 5) known.upn ??= ID;
    else if (Type === 1) known.name ??= ID;
    else if (prefixed) known.prefixed.set((prefixed[1] ?? '').toLowerCase(), prefixed[2] ?? '');
    else if (Type === 4 && ID.includes(';')) known.ids.push(...ID.split(';').filter(isGuid));
    else if (isGuid(ID)) known.ids.push(ID);
    else if (Type === 2) known.words.add(ID.toLowerCase());
  }
  return known;
}

export type ActorFields = {
  identities: readonly Identity[];
  userId: string | null;
  userKey: string | null;
  userType: number | null;
};

const NOBODY = /^(not available|not-found|unknown|00000000-0000-0000-0000-000000000000)$/i;
/** `UserType` of the Management Activity API. */
const SYSTEM = 4;
const APPLICATION = 5;
const SERVICE_PRINCIPAL = 6;
const PARTNER = 9;

/** The actor that a record names: a person also when they worked through a portal; null when it names none. */
export function actorOf({ identities, userId, userKey, userType }: ActorFields): Actor | null {
  const known = read(identities);
  const named = userId === null || NOBODY.test(userId) ? null : userId;
  const principal =
    /^ServicePrincipal_(.+)$/i.exec(named ?? '')?.[1] ?? known.prefixed.get('serviceprincipal');
  if (principal !== undefined) {
    const id = objectId(principal);
    const others = known.ids.map(objectId).filter((candidate) => candidate !== null && candidate !== id);
    // The ids of an app come in any order: one that is a service of Microsoft's tells most.
    const appId = others.find((candidate) => systemApp(candidate) !== null) ?? others[0] ?? null;
    return withKnownKind({ kind: 'app', id, name: known.name ?? named, ...(appId !== null && { appId }) });
  }
  const userObject = known.prefixed.get('user');
  if (userObject !== undefined || known.upn !== null) {
    const bare = known.ids.length === 1 ? known.ids[0] : undefined;
    const name = known.upn ?? named;
    const partner = userType === PARTNER || isPartnerName(name);
    const actor: Actor = { kind: partner ? 'partner' : 'user', id: objectId(userObject ?? bare), name };
    return partner ? actor : withKnownKind(actor);
  }
  const service = known.ids.find((id) => systemApp(id) !== null);
  if (known.name !== null || service !== undefined) {
    const appId = objectId(service);
    const id = objectId(known.ids[0]);
    return withKnownKind({ kind: 'app', id, name: known.name ?? named, ...(appId !== null && { appId }) });
  }
  if (named === null) return null;
  return withKnownKind(fromUserId(named, userKey, userType, known.ids[0]));
}

function fromUserId(name: string, key: string | null, type: number | null, id: string | undefined): Actor {
  const keyId = key !== null && isGuid(key) ? key : isGuid(name) ? name : id;
  if (type === PARTNER) return { kind: 'partner', id: objectId(keyId), name };
  if (type === APPLICATION || type === SERVICE_PRINCIPAL) return { kind: 'app', id: objectId(keyId), name };
  const system =
    type === SYSTEM || /^(NT AUTHORITY\\|S-1-5-18$|SHAREPOINT\\system|app@sharepoint)/i.test(name);
  return { kind: system ? 'system' : 'user', id: objectId(keyId), name };
}

const TARGET_WORDS: readonly [string, AuditTarget['kind']][] = [
  ['user', 'user'],
  ['group', 'group'],
  ['serviceprincipal', 'servicePrincipal'],
  ['application', 'app'],
  ['role', 'role'],
  ['company', 'directory'],
  ['directory', 'directory'],
];

/** The one target that a record's identities describe; `fallback` is the record's `ObjectId`. */
export function targetOf(identities: readonly Identity[], fallback: string | null): AuditTarget | null {
  if (identities.length === 0) return fromObjectId(fallback);
  const known = read(identities);
  const kind = TARGET_WORDS.find(([word]) => known.words.has(word) || known.prefixed.has(word));
  const id = (kind ? known.prefixed.get(kind[0]) : undefined) ?? known.ids[0] ?? formerId(known.upn);
  return {
    kind: kind?.[1] ?? (known.upn === null ? 'other' : 'user'),
    id: objectId(id),
    name: known.upn ?? known.name ?? fallback,
  };
}

function fromObjectId(text: string | null): AuditTarget | null {
  if (text === null || NOBODY.test(text)) return null;
  if (isGuid(text)) return { kind: 'other', id: objectId(text), name: null };
  return { kind: /^[^@\s/\\]+@[^@\s/\\]+$/.test(text) ? 'user' : 'other', id: formerId(text), name: text };
}

/** A deleted user's name is prefixed with the object id without dashes. */
function formerId(upn: string | null): string | null {
  const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})[^@]*@/i.exec(upn ?? '');
  return parts ? parts.slice(1).join('-').toLowerCase() : null;
}
