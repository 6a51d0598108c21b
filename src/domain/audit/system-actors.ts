import type { Actor, AuditEvent } from './event.ts';

/** What a well-known service does when it acts. */
export type SystemRole =
  | 'group-licensing'
  | 'dynamic-membership'
  | 'directory-sync'
  | 'sign-up'
  | 'portal'
  | 'provisioning';

export type SystemActor = {
  role: SystemRole;
  /** A display name, a user principal name, or the "Action Client Name" of the record. */
  name: RegExp;
  /** `look further`: it carries out what somebody else set off. `final`: nobody stands behind it. */
  answer: 'look further' | 'final';
  kind: Actor['kind'];
};

/**
 * Services that the logs name as actors. Sources: Microsoft's group-based licensing articles of 2023 and 2025
 * (three spellings of one service), azure-docs issue 47874 (`PropagationService`), recorded events.
 */
const SYSTEM_ACTORS: readonly SystemActor[] = [
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
  { role: 'portal', name: /^Microsoft Office 365 Portal$/i, answer: 'look further', kind: 'system' },
  { role: 'provisioning', name: /Jit Provisioning$/i, answer: 'final', kind: 'system' },
  { role: 'provisioning', name: /^fim_password_service@/i, answer: 'final', kind: 'system' },
];

/** The well-known service of this name, or null. */
export const systemActor = (name: string | null): SystemActor | null =>
  name === null ? null : (SYSTEM_ACTORS.find((candidate) => candidate.name.test(name)) ?? null);

/**
 * The well-known service behind a record, by its actor or, where the record names none or a person's name
 * stands for a service, by its "Action Client Name".
 */
export const systemActorOf = (event: Pick<AuditEvent, 'actor' | 'actionClient'>): SystemActor | null =>
  systemActor(event.actor?.name ?? null) ??
  (event.actor === null || event.actor.kind !== 'user' || isSyncClient(event.actionClient)
    ? systemActor(event.actionClient)
    : null);

const isSyncClient = (client: string | null): boolean => client?.toLowerCase() === 'directorysync';

/** Partners act through accounts named `user_<32 hex digits>@…` (delegated administration). */
export const isPartnerName = (name: string | null): boolean =>
  name !== null && /^user_[0-9a-f]{32}@/i.test(name);

/** The actor with the kind that its name tells: services and partners look like people in the records. */
export function withKnownKind(actor: Actor): Actor {
  const known = systemActor(actor.name);
  if (known) return { ...actor, kind: known.kind };
  return isPartnerName(actor.name) ? { ...actor, kind: 'partner' } : actor;
}
