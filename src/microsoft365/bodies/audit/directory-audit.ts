import { z } from 'zod';
import type { Actor, AuditEvent, AuditTarget, ModifiedProperty } from '../../../domain/audit/event.ts';
import { normaliseOperation } from '../../../domain/audit/operation.ts';
import {
  findProperty,
  licensesOf,
  principalNamesIn,
  scalarOf,
} from '../../../domain/audit/property-value.ts';
import { withKnownApp, withKnownKind } from '../../../domain/audit/system-actors.ts';
import { isObject, withNames } from './exported-row.ts';
import { instantOf, ipAddress, ListOf, ObjectOf, objectId, Text, ValueText } from './loose-fields.ts';
import { groupOf } from './membership.ts';
import { lacksOf, type Normalised } from './normalised.ts';
import { sequenceOf } from './sequence.ts';

const Initiator = z.object({
  id: Text,
  displayName: Text,
  userPrincipalName: Text,
  ipAddress: Text,
  userType: Text,
  homeTenantId: Text,
});
const AppInitiator = z.object({
  appId: Text,
  displayName: Text,
  servicePrincipalId: Text,
  servicePrincipalName: Text,
});
const Property = z.object({ displayName: Text, oldValue: ValueText, newValue: ValueText });
const Target = z.object({
  id: Text,
  displayName: Text,
  // The documents' first example writes `Type`, recorded answers write `type`.
  type: Text,
  Type: Text,
  userPrincipalName: Text,
  modifiedProperties: ListOf(Property),
});

/** Microsoft Graph `directoryAudit`, as far as we use it. Sign-ins in the same envelope fit as well. */
const DirectoryAudit = z.object({
  id: Text,
  activityDateTime: Text,
  createdDateTime: Text,
  time: Text,
  activityDisplayName: Text,
  operationName: Text,
  title: Text,
  category: Text,
  correlationId: Text,
  loggedByService: Text,
  result: Text,
  resultType: Text,
  resultReason: Text,
  callerIpAddress: Text,
  userId: Text,
  userPrincipalName: Text,
  initiatedBy: ObjectOf(z.object({ user: ObjectOf(Initiator), app: ObjectOf(AppInitiator) })),
  targetResources: ListOf(Target),
  additionalDetails: ListOf(z.object({ key: Text, value: Text })),
});
type DirectoryAudit = z.infer<typeof DirectoryAudit>;

/** Azure Monitor puts the record into `properties` and repeats some of it outside. */
const Envelope = z.looseObject({ properties: z.looseObject({}) });

const FIELDS: ReadonlyMap<string, string> = new Map([
  ...Object.keys(DirectoryAudit.shape).map((name) => [name.toLowerCase(), name] as const),
  ['timegenerated', 'time'],
  ['resultdescription', 'resultReason'],
]);

/** The table AuditLogs of Log Analytics has capitalised columns, and objects as JSON text. */
const withKnownNames = (record: unknown): unknown =>
  !isObject(record) || 'activityDisplayName' in record || 'id' in record ? record : withNames(record, FIELDS);

const TARGET_KINDS: ReadonlyMap<string, AuditTarget['kind']> = new Map([
  ['user', 'user'],
  ['group', 'group'],
  ['app', 'app'],
  ['application', 'app'],
  ['serviceprincipal', 'servicePrincipal'],
  ['role', 'role'],
  ['directory', 'directory'],
]);

/**
 * One `directoryAudit` of Microsoft Graph, also in Azure Monitor's envelope or as a row of Log Analytics, as an
 * audit event. Refused only when it is no object or has neither id nor activity; everything else that is missing is null in the event.
 * @param undatedAt the time (ms UTC) of a record that has none; 0 by default, which keeps the record and puts
 *   it into nobody's window
 */
export function normaliseDirectoryAudit(body: unknown, undatedAt = 0): Normalised {
  const envelope = Envelope.safeParse(body);
  const flat = envelope.success ? { ...envelope.data, ...envelope.data.properties } : body;
  const parsed = DirectoryAudit.safeParse(withKnownNames(flat));
  if (!parsed.success) return { ok: false, reason: 'The record is not a JSON object.' };
  const record = parsed.data;
  const activity = record.activityDisplayName ?? record.operationName ?? record.title;
  if (record.id === null && activity === null) {
    return { ok: false, reason: 'The record has neither an id nor an activity.' };
  }
  const loggedAt = instantOf(record.activityDateTime ?? record.createdDateTime ?? record.time);
  const at = loggedAt ?? undatedAt;
  const operation = normaliseOperation(activity ?? '');
  const targets = record.targetResources.map(toTarget);
  const modified = record.targetResources.flatMap((target) => target.modifiedProperties.flatMap(toProperty));
  const details = Object.fromEntries(record.additionalDetails.map(({ key, value }) => [key ?? '', value]));
  return {
    ok: true,
    lacks: lacksOf(record.id, loggedAt),
    event: {
      // A record without an id, which Graph does not send, is known by its labels.
      id: record.id ?? ['directory', at, operation, record.correlationId, targets[0]?.id].join(':'),
      source: 'directoryAudits',
      at,
      operation,
      workload: record.loggedByService ?? record.category ?? '',
      result: resultOf(record.result ?? record.resultType),
      resultReason: record.resultReason,
      actor: withKnownApp(actorOf(record), [
        record.initiatedBy?.app?.servicePrincipalName ?? null,
        ...principalNamesIn(modified),
        details['User-Agent'] ?? null,
      ]),
      targets,
      correlationId: record.correlationId?.toLowerCase() ?? null,
      clientIp: ipAddress(record.initiatedBy?.user?.ipAddress ?? record.callerIpAddress),
      actionClient: scalarOf(findProperty(modified, 'Action Client Name')?.newValue ?? null),
      modified,
      licenses: licensesOf(modified),
      group: groupOf(operation, targets, modified),
      sequence: sequenceOf(details),
    },
  };
}

const toProperty = ({ displayName, oldValue, newValue }: z.infer<typeof Property>): ModifiedProperty[] =>
  displayName === null ? [] : [{ name: displayName, oldValue, newValue }];

function toTarget(target: z.infer<typeof Target>): AuditTarget {
  const type = (target.type ?? target.Type ?? '').toLowerCase();
  return {
    kind: TARGET_KINDS.get(type) ?? 'other',
    id: objectId(target.id),
    name: target.userPrincipalName ?? target.displayName,
  };
}

/** `initiatedBy` holds a user or an app, and for some of Microsoft's own services neither. */
function actorOf(record: DirectoryAudit): Actor | null {
  const user = record.initiatedBy?.user;
  const userName = user?.userPrincipalName ?? user?.displayName ?? null;
  if (user && (user.id !== null || userName !== null)) {
    const kind = isFromPartner(user, record) ? 'partner' : 'user';
    return withKnownKind({ kind, id: objectId(user.id), name: userName });
  }
  const app = record.initiatedBy?.app;
  if (app) {
    const id = objectId(app.servicePrincipalId) ?? objectId(app.appId);
    const name = app.displayName ?? app.servicePrincipalName;
    const appId = objectId(app.appId);
    if (id === null && name === null) return null;
    return withKnownKind({ kind: 'app', id, name, ...(appId !== null && { appId }) });
  }
  if (record.userId === null && record.userPrincipalName === null) return null;
  return withKnownKind({ kind: 'user', id: objectId(record.userId), name: record.userPrincipalName });
}

/**
 * Whether a person works in this tenant from another one without being its member or guest, as partners with
 * delegated administration do. A license names the tenant that it belongs to (`AccountId`), which is ours.
 */
function isFromPartner(user: z.infer<typeof Initiator>, { targetResources }: DirectoryAudit): boolean {
  const home = user.homeTenantId?.toLowerCase() ?? null;
  if (home === null || /^(member|guest)$/i.test(user.userType ?? '')) return false;
  if (/#EXT#/i.test(user.userPrincipalName ?? '')) return false;
  const properties = targetResources.flatMap((target) => target.modifiedProperties);
  return !properties.some(({ oldValue, newValue }) =>
    `${oldValue} ${newValue}`.toLowerCase().includes(`accountid=${home}`),
  );
}

function resultOf(result: string | null): AuditEvent['result'] {
  if (result === null) return 'unknown';
  if (/^(success|succeeded|0)$/i.test(result)) return 'success';
  return /^(fail|timeout|error)/i.test(result) || /^[1-9]\d*$/.test(result) ? 'failure' : 'unknown';
}
