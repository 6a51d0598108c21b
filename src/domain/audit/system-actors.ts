import type { Actor, AuditEvent } from './event.ts';

/** What a well-known service does when it acts. */
export type SystemRole =
  | 'group-licensing'
  /** Microsoft's licensing service, which writes every license record since August 2026. */
  | 'licensing'
  | 'subscription-lifecycle'
  | 'dynamic-membership'
  | 'directory-sync'
  | 'sign-up'
  | 'portal'
  | 'provisioning';

export type SystemActor = {
  role: SystemRole;
  /** A display name, a user principal name, or the "Action Client Name" of the record. */
  name: RegExp;
  /** The application id, lower case, and other texts among its service principal names. */
  appIds?: readonly string[];
  /** `look further`: it carries out what somebody else set off. `final`: nobody stands behind it. */
  answer: 'look further' | 'final';
  kind: Actor['kind'];
};

/**
 * Services that the logs name as actors. Sources: Microsoft's group-based licensing articles of 2023 and 2025
 * (three spellings of one service), azure-docs issue 47874 (`PropagationService`), Microsoft's "Unknown actors
 * in audit reports" (the lifecycle process), recorded events. `CloudLicensingSystem` was seen in two labs in
 * August 2026; a public list of Microsoft's apps spells its id with two letters exchanged.
 */
const SYSTEM_ACTORS: readonly SystemActor[] = [
  {
    role: 'licensing',
    name: /^(Microsoft )?Cloud ?Licensing ?(System|Service)$|cloudlicensing\.microsoft\.com|^MCAPICommercialProductLicensing/i,
    appIds: ['de247707-4ea4-47d6-89fd-3c632f870b34', 'de247707-4e4a-47d6-89fd-3c632f870b34'],
    answer: 'look further',
    kind: 'system',
  },
  {
    role: 'subscription-lifecycle',
    name: /Subscription Lifecycle Process/i,
    answer: 'final',
    kind: 'system',
  },
  {
    role: 'group-licensing',
    name: /^Microsoft (Azure AD|Entra|Entra ID) group-based licensing$/i,
    answer: 'look further',
    kind: 'system',
  },
  { role: 'group-licensing', name: /group-based licensing/i, answer: 'look further', kind: 'system' },
  { role: 'group-licensing', name: /^PropagationService$/i, answer: 'look further', kind: 'system' },
  {
    role: 'dynamic-membership',
    name: /^Microsoft Approval Management$/i,
    appIds: ['65d91a3d-ab74-42e6-8a2f-0add61688c74'],
    answer: 'look further',
    kind: 'system',
  },
  {
    role: 'dynamic-membership',
    name: /approvalmanagement\.activedirectory/i,
    answer: 'look further',
    kind: 'system',
  },
  { role: 'directory-sync', name: /^Sync_[^@]*@/i, answer: 'final', kind: 'system' },
  {
    role: 'directory-sync',
    name: /^On-Premises Directory Synchronization/i,
    answer: 'final',
    kind: 'system',
  },
  { role: 'directory-sync', name: /^ADToAADSyncServiceAccount/i, answer: 'final', kind: 'system' },
  {
    role: 'directory-sync',
    name: /(Azure AD|Entra|AAD) (Connect|Cloud) ?Sync/i,
    answer: 'final',
    kind: 'system',
  },
  { role: 'directory-sync', name: /^Microsoft (Azure AD|Entra) Connect/i, answer: 'final', kind: 'system' },
  {
    role: 'directory-sync',
    name: /^((Azure )?A?AD|(Microsoft )?Entra( ID)?) ?Connect/i,
    answer: 'final',
    kind: 'system',
  },
  { role: 'directory-sync', name: /^ConnectSyncProvisioning_/i, answer: 'final', kind: 'system' },
  { role: 'directory-sync', name: /^Microsoft\.Azure\.SyncFabric$/i, answer: 'final', kind: 'system' },
  { role: 'directory-sync', name: /^DirectorySync$/i, answer: 'final', kind: 'system' },
  { role: 'sign-up', name: /^Signup$/i, answer: 'final', kind: 'app' },
  {
    role: 'portal',
    name: /^(Microsoft )?Office 365 Portal$/i,
    appIds: ['00000006-0000-0ff1-ce00-000000000000'],
    answer: 'look further',
    kind: 'system',
  },
  { role: 'portal', name: /^Microsoft Substrate Management$/i, answer: 'look further', kind: 'system' },
  { role: 'provisioning', name: /Jit Provisioning$/i, answer: 'final', kind: 'system' },
  { role: 'provisioning', name: /^fim_password_service@/i, answer: 'final', kind: 'system' },
];

/** The well-known service of this name, or null. */
export function systemActor(name: string | null): SystemActor | null {
  if (name === null) return null;
  const known = byName.get(name);
  if (known !== undefined) return known;
  const trimmed = name.trim();
  const found = ANY_NAME.test(trimmed)
    ? (SYSTEM_ACTORS.find((candidate) => candidate.name.test(trimmed)) ?? null)
    : null;
  if (name.length > LONGEST_KEPT) return found;
  if (byName.size >= MOST_NAMES) byName.clear();
  byName.set(name, found);
  return found;
}

/** All patterns at once: nearly every name is that of a person, whom none of them fits. */
const ANY_NAME = new RegExp(SYSTEM_ACTORS.map(({ name }) => name.source).join('|'), 'i');

/** The same people and services act all day. */
const MOST_NAMES = 10_000;
const LONGEST_KEPT = 100;
const byName = new Map<string, SystemActor | null>();

const BY_APP_ID: ReadonlyMap<string, SystemActor> = new Map(
  SYSTEM_ACTORS.flatMap((actor) => (actor.appIds ?? []).map((id) => [id, actor] as const)),
);

/** The well-known service with this application id, whatever its case and brackets, or null. */
export function systemApp(appId: string | null | undefined): SystemActor | null {
  const id = appId
    ?.trim()
    .replace(/^\{(.*)\}$/, '$1')
    .toLowerCase();
  return id ? (BY_APP_ID.get(id) ?? null) : null;
}

/** The well-known service that an actor is, by its ids and its name: either is missing in some records. */
const serviceOf = ({ appId, id, name }: Actor): SystemActor | null =>
  systemApp(appId) ?? systemApp(id) ?? systemApp(name) ?? systemActor(name);

/**
 * The well-known service behind a record, by its actor or, where the record names none or a person's name
 * stands for a service, by its "Action Client Name".
 */
export const systemActorOf = (event: Pick<AuditEvent, 'actor' | 'actionClient'>): SystemActor | null =>
  (event.actor && serviceOf(event.actor)) ??
  (event.actor === null || event.actor.kind !== 'user' || isSyncClient(event.actionClient)
    ? systemActor(event.actionClient)
    : null);

/** Whether a record is the work of a service that only carries out what somebody else set off. */
export const isCarriedOut = (event: Pick<AuditEvent, 'actor' | 'actionClient'>): boolean =>
  systemActorOf(event)?.answer === 'look further';

const isSyncClient = (client: string | null): boolean => client?.toLowerCase() === 'directorysync';

/** Partners act through accounts named `user_<32 hex digits>@…` (delegated administration). */
export const isPartnerName = (name: string | null): boolean =>
  name !== null && /^user_[0-9a-f]{32}@/i.test(name);

/** The actor with the kind that its name or application tells: services and partners look like people or apps. */
export function withKnownKind(actor: Actor): Actor {
  const known = serviceOf(actor);
  if (known) return { ...actor, kind: known.kind };
  return isPartnerName(actor.name) ? { ...actor, kind: 'partner' } : actor;
}

/**
 * The actor of an app's record with the application id that one of its service principal names tells, where the
 * record has no other.
 * @param names what the record tells beside the actor: service principal names (`<app id>;https://…` in
 *   "ActorId.ServicePrincipalNames" or "SPN"), the client's application id, its user agent
 */
export function withKnownApp(actor: Actor | null, names: readonly (string | null)[]): Actor | null {
  if (actor !== null && (actor.kind === 'user' || actor.kind === 'partner' || serviceOf(actor))) return actor;
  const parts = names.flatMap((name) => name?.split(';') ?? []).map((part) => part.trim());
  const telling = parts.find((part) => systemApp(part) ?? systemActor(part));
  const known = telling === undefined ? null : (systemApp(telling) ?? systemActor(telling));
  if (telling === undefined || known === null) return actor;
  const appId = parts.find((part) => systemApp(part))?.toLowerCase() ?? known.appIds?.[0];
  return {
    id: actor?.id ?? null,
    kind: known.kind,
    name: actor?.name ?? telling,
    ...(appId !== undefined && { appId }),
  };
}
