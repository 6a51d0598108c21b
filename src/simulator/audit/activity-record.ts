import { idOf } from '../tenant/ids.ts';
import type { Actor, AuditFact, FactTarget, LoggedValue } from './fact.ts';
import { LICENSING_SERVICE } from './licensing-service.ts';

export type ActivityRecord = { Id: string; CreationTime: string; Operation: string; [key: string]: unknown };

type Identity = { ID: string; Type: number };

/** IdentityType in the logs: 1 a name, 2 ids and literals, 3 PUID, 5 UPN. */
const NAME = 1;
const OTHER = 2;
const PUID = 3;
const UPN = 5;

const puid = (id: string): string => `1003${idOf('puid', id).replaceAll('-', '').slice(0, 12).toUpperCase()}`;

/** Lists are pretty-printed with Windows line ends, scalars are bare, unset is the empty text. */
function written(value: LoggedValue): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2).replaceAll('\n', '\r\n');
}

const objectIds = (kind: string, id: string): Identity[] => [
  { ID: `${kind}_${id}`, Type: OTHER },
  { ID: id, Type: OTHER },
  { ID: kind, Type: OTHER },
];

function actorIdentities(actor: Actor, groupLicensingName: string): Identity[] {
  switch (actor.kind) {
    case 'user':
      return [
        { ID: actor.userPrincipalName, Type: UPN },
        { ID: puid(actor.id), Type: PUID },
        ...objectIds('User', actor.id),
      ];
    case 'app':
      return [
        { ID: actor.name, Type: NAME },
        { ID: actor.appId, Type: OTHER },
        ...objectIds('ServicePrincipal', actor.servicePrincipalId),
      ];
    case 'licensing-service':
      return actorIdentities({ kind: 'app', ...LICENSING_SERVICE }, groupLicensingName);
    case 'group-licensing':
      return groupLicensingName === 'absent' ? [] : [{ ID: groupLicensingName, Type: NAME }];
  }
}

function targetIdentities(target: FactTarget): Identity[] {
  const ids = objectIds(target.kind, target.id);
  if (target.userPrincipalName === null) return ids;
  return [...ids, { ID: target.userPrincipalName, Type: UPN }, { ID: puid(target.id), Type: PUID }];
}

/** Admins are regular users (0) here; apps and Microsoft's own accounts are 4 without a user key. */
function userOf(actor: Actor, domain: string) {
  if (actor.kind === 'user') {
    return { UserType: 0, UserKey: `${puid(actor.id)}@${domain}`, UserId: actor.userPrincipalName };
  }
  const id =
    actor.kind === 'app'
      ? actor.servicePrincipalId
      : actor.kind === 'licensing-service'
        ? LICENSING_SERVICE.servicePrincipalId
        : idOf('service-principal', 'group-licensing');
  return { UserType: 4, UserKey: 'Not Available', UserId: `ServicePrincipal_${id}` };
}

/** Writes a fact as the Management Activity API's AzureActiveDirectory record (reference §9). */
export function activityRecord(
  fact: AuditFact,
  context: { id: string; tenantId: string; domain: string; groupLicensingName: string },
): ActivityRecord {
  const [target] = fact.targets;
  const anonymous = fact.actor.kind === 'group-licensing' && context.groupLicensingName === 'absent';
  const modified = target?.modified ?? [];
  return {
    CreationTime: new Date(fact.at).toISOString().slice(0, 19),
    Id: context.id,
    Operation: `${fact.operation}.`,
    OrganizationId: context.tenantId,
    RecordType: 8,
    ResultStatus: fact.failure === null ? 'Success' : 'Failure',
    ...userOf(fact.actor, context.domain),
    Version: 1,
    Workload: 'AzureActiveDirectory',
    ObjectId: target?.userPrincipalName ?? target?.id ?? '',
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: [
      { Name: 'additionalDetails', Value: JSON.stringify(fact.details) },
      { Name: 'extendedAuditEventCategory', Value: target?.kind ?? 'Directory' },
    ],
    ModifiedProperties: [
      ...modified.map(({ name, before, after }) => ({
        Name: name,
        NewValue: written(after),
        OldValue: written(before),
      })),
      ...(anonymous ? [{ Name: 'Action Client Name', NewValue: 'PropagationService', OldValue: '' }] : []),
    ],
    Actor: actorIdentities(fact.actor, context.groupLicensingName),
    ActorContextId: context.tenantId,
    InterSystemsId: fact.correlationId,
    IntraSystemId: fact.intraSystemId,
    SupportTicketId: '',
    Target: target ? targetIdentities(target) : [],
    TargetContextId: context.tenantId,
  };
}
