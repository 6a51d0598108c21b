import { z } from 'zod';
import type { AuditEvent, ModifiedProperty } from '../../../domain/audit/event.ts';
import { normaliseOperation } from '../../../domain/audit/operation.ts';
import {
  findProperty,
  licensesOf,
  principalNamesIn,
  scalarOf,
} from '../../../domain/audit/property-value.ts';
import { withKnownApp } from '../../../domain/audit/system-actors.ts';
import { isObject, unwrapAuditData, withNames } from './exported-row.ts';
import { actorOf, Identity, targetOf } from './identities.ts';
import { Count, instantOf, ipAddress, ListOf, ObjectOf, Text, ValueText } from './loose-fields.ts';
import { groupOf } from './membership.ts';
import { lacksOf, type Normalised } from './normalised.ts';
import { sequenceOf } from './sequence.ts';

const Property = z.object({ Name: z.string(), OldValue: ValueText, NewValue: ValueText });

/** A record of the Management Activity API, as far as we use it; every workload fits. */
const ActivityRecord = z.object({
  Id: Text,
  CreationTime: Text,
  Operation: Text,
  Workload: Text,
  RecordType: Count,
  ResultStatus: Text,
  LogonError: Text,
  ErrorNumber: Text,
  UserId: Text,
  UserKey: Text,
  UserType: Count,
  ObjectId: Text,
  ClientIP: Text,
  ActorIpAddress: Text,
  InterSystemsId: Text,
  AppAccessContext: ObjectOf(z.object({ ClientAppId: Text })),
  Actor: ListOf(Identity),
  Target: ListOf(Identity),
  // Exchange writes plain texts here, everybody else objects.
  ModifiedProperties: ListOf(z.union([z.string(), Property])),
  ExtendedProperties: ListOf(z.object({ Name: Text, Value: Text })),
});
type ActivityRecord = z.infer<typeof ActivityRecord>;

const FIELDS: ReadonlyMap<string, string> = new Map([
  ...Object.keys(ActivityRecord.shape).map((name) => [name.toLowerCase(), name] as const),
  // The table OfficeActivity of Log Analytics.
  ['officeid', 'Id'],
  ['timegenerated', 'CreationTime'],
  ['officeworkload', 'Workload'],
  ['officeobjectid', 'ObjectId'],
]);

/** Some exports fold the field names to lower case, others rename them. */
const withKnownNames = (record: unknown): unknown =>
  !isObject(record) || 'CreationTime' in record || 'Id' in record ? record : withNames(record, FIELDS);

/**
 * One record of the Office 365 Management Activity API, also as a row of an audit search or an export, as an
 * audit event. Refused only when it is no object, its AuditData was cut, or it has neither id nor operation;
 * everything else that is missing is null.
 * @param undatedAt the time (ms UTC) of a record that has none, such as when its blob was made; 0 by default,
 *   which keeps the record and puts it into nobody's window
 */
export function normaliseActivityRecord(body: unknown, undatedAt = 0): Normalised {
  const unwrapped = unwrapAuditData(body);
  if (!unwrapped.ok) return unwrapped;
  const parsed = ActivityRecord.safeParse(withKnownNames(unwrapped.record));
  if (!parsed.success) return { ok: false, reason: 'The record is not a JSON object.' };
  const record = parsed.data;
  if (record.Id === null && record.Operation === null) {
    return { ok: false, reason: 'The record has neither an id nor an operation.' };
  }
  const loggedAt = instantOf(record.CreationTime);
  const at = loggedAt ?? undatedAt;
  const operation = normaliseOperation(record.Operation ?? '');
  const extended = new Map(record.ExtendedProperties.map(({ Name, Value }) => [Name ?? '', Value]));
  const modified = modifiedOf(record, extended.get('targetUpdatedProperties') ?? null);
  const details = jsonIn(extended.get('additionalDetails') ?? null);
  const target = targetOf(record.Target, record.ObjectId);
  const targets = target ? [target] : [];
  return {
    ok: true,
    lacks: lacksOf(record.Id, loggedAt),
    event: {
      // Trimmed copies come without an id: such a record is known by its labels.
      id: record.Id ?? ['activity', at, operation, record.UserId, record.ObjectId].join(':'),
      source: 'activity',
      at,
      operation,
      workload: record.Workload ?? '',
      result: resultOf(record),
      resultReason: record.LogonError,
      actor: withKnownApp(
        actorOf({
          identities: record.Actor,
          userId: record.UserId,
          userKey: record.UserKey,
          userType: record.UserType,
        }),
        [...principalNamesIn(modified), record.AppAccessContext?.ClientAppId ?? null, userAgentIn(details)],
      ),
      targets,
      correlationId: record.InterSystemsId?.toLowerCase() ?? null,
      clientIp: ipAddress(record.ClientIP ?? record.ActorIpAddress),
      actionClient: scalarOf(findProperty(modified, 'Action Client Name')?.newValue ?? null),
      modified,
      licenses: licensesOf(modified),
      group: groupOf(operation, targets, modified),
      sequence: sequenceOf(details),
    },
  };
}

/** Until 2019 the properties came as JSON text in `targetUpdatedProperties`. */
function modifiedOf(record: ActivityRecord, old: string | null): ModifiedProperty[] {
  if (record.ModifiedProperties.length === 0 && old !== null) {
    const parsed = z.array(Property).safeParse(jsonIn(old));
    return parsed.success ? parsed.data.map(toModified) : [];
  }
  return record.ModifiedProperties.map((property) =>
    typeof property === 'string' ? { name: property, oldValue: null, newValue: null } : toModified(property),
  );
}

const toModified = ({ Name, OldValue, NewValue }: z.infer<typeof Property>): ModifiedProperty => ({
  name: Name,
  oldValue: OldValue,
  newValue: NewValue,
});

function jsonIn(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const userAgentIn = (details: unknown): string | null =>
  isObject(details) && typeof details['User-Agent'] === 'string' ? details['User-Agent'] : null;

/** A failed sign-in may say `Success` in `ResultStatus`: there the operation and the error tell. */
function resultOf(record: ActivityRecord): AuditEvent['result'] {
  if (record.Operation?.toLowerCase() === 'userloginfailed' || record.LogonError !== null) return 'failure';
  const status = record.ResultStatus;
  if (status === null) return 'unknown';
  if (/^(success|succeeded|true|partiallysucceeded)$/i.test(status)) return 'success';
  return /^(fail|false|error)/i.test(status) ? 'failure' : 'unknown';
}
