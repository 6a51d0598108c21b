/** The two forms of a record, as the logs write them, with the fields that all records of a workload share. */
import type { ArchivedEvent } from '../../../src/domain/audit/event.ts';
import { archived } from '../../../src/microsoft365/audit/archived.ts';
import { normaliseActivityRecord } from '../../../src/microsoft365/bodies/audit/activity-record.ts';
import { normaliseDirectoryAudit } from '../../../src/microsoft365/bodies/audit/directory-audit.ts';
import type { Person } from './cast.ts';

const TENANT = '00000000-0000-4000-8000-0000000000ff';

type Of = { id: string; at: number; operation: string };

/** A record of the Management Activity API. */
export function activityRecord({ id, at, operation }: Of, over: Record<string, unknown>): ArchivedEvent {
  const body = {
    CreationTime: new Date(at).toISOString().slice(0, 19),
    Id: id,
    Operation: operation,
    OrganizationId: TENANT,
    UserKey: '100320048944E6E2',
    UserType: 0,
    Version: 1,
    ...over,
  };
  return archived(body, 'activity', normaliseActivityRecord, at);
}

/** A `directoryAudit` of Microsoft Graph. */
export function graphRecord({ id, at, operation }: Of, over: Record<string, unknown>): ArchivedEvent {
  const body = {
    id,
    category: 'UserManagement',
    correlationId: id.slice(-36),
    result: 'success',
    resultReason: '',
    activityDisplayName: operation,
    activityDateTime: new Date(at).toISOString(),
    loggedByService: 'Core Directory',
    additionalDetails: [],
    ...over,
  };
  return archived(body, 'directoryAudits', normaliseDirectoryAudit, at);
}

/** Who acted, as Entra's records of the Management Activity API have it. */
export const entraActor = ({ upn, id }: Person, address: string): Record<string, unknown> => ({
  RecordType: 8,
  ResultStatus: 'Success',
  Workload: 'AzureActiveDirectory',
  AzureActiveDirectoryEventType: 1,
  UserId: upn,
  ClientIP: address,
  ActorIpAddress: address,
  Actor: [
    { ID: upn, Type: 5 },
    { ID: `User_${id}`, Type: 2 },
    { ID: id, Type: 2 },
    { ID: 'User', Type: 2 },
  ],
  ExtendedProperties: [{ Name: 'extendedAuditEventCategory', Value: 'User' }],
});

/** A user as the target of such a record. */
export const entraUser = ({ upn, id }: Pick<Person, 'upn' | 'id'>): Record<string, unknown> => ({
  ObjectId: upn,
  Target: [
    { ID: `User_${id}`, Type: 2 },
    { ID: id, Type: 2 },
    { ID: 'User', Type: 2 },
    { ID: upn, Type: 5 },
  ],
});

/** A group, an app or a policy as the target. */
export const entraThing = (kind: string, id: string, name: string): Record<string, unknown> => ({
  ObjectId: 'Not Available',
  Target: [
    { ID: `${kind}_${id}`, Type: 2 },
    { ID: id, Type: 2 },
    { ID: kind, Type: 2 },
    { ID: name, Type: 1 },
  ],
});

/** A value as Entra lists it. */
export const listed = (value: string): string => `[\r\n  "${value}"\r\n]`;

/** A changed property of such a record. */
export const changed = (name: string, before: string, after: string): Record<string, string> => ({
  Name: name,
  OldValue: before,
  NewValue: after,
});

/** Who acted, as Graph has it. */
export const graphActor = ({ upn, id }: Person, address: string): Record<string, unknown> => ({
  initiatedBy: {
    app: null,
    user: { id, displayName: null, userPrincipalName: upn, ipAddress: address },
  },
});
