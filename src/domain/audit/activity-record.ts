import { z } from 'zod';
import type { AuditEvent, ModifiedProperty } from './event.ts';
import { actorOf, Identity, targetOf } from './identities.ts';
import { Count, instantOf, ipAddress, ListOf, Text } from './loose-fields.ts';
import { groupOf } from './membership.ts';
import { lacksOf, type Normalised } from './normalised.ts';
import { normaliseOperation } from './operation.ts';
import { findProperty, licensesOf, scalarOf } from './property-value.ts';
import { parseLoggedProperties, sequenceOf } from './sequence.ts';

const Property = z.object({ Name: z.string(), OldValue: Text, NewValue: Text });

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
  Actor: ListOf(Identity),
  Target: ListOf(Identity),
  // Exchange writes plain texts here, everybody else objects.
  ModifiedProperties: ListOf(z.union([z.string(), Property])),
  ExtendedProperties: ListOf(z.object({ Name: Text, Value: Text })),
});
type ActivityRecord = z.infer<typeof ActivityRecord>;

const FIELDS = new Map(Object.keys(ActivityRecord.shape).map((name) => [name.toLowerCase(), name]));

// Not a schema: that would copy every field of every record, to learn no more than this.
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A row of an audit search holds the record itself in `auditData`; some exports fold the field names to lower case. */
function withKnownNames(body: unknown): unknown {
  const record = isObject(body) && isObject(body.auditData) ? body.auditData : body;
  if (!isObject(record) || 'CreationTime' in record || 'Id' in record) return record;
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [FIELDS.get(name.toLowerCase()) ?? name, value]),
  );
}

/**
 * One record of the Office 365 Management Activity API, also as a row of an audit search, as an audit event.
 * Refused only when it is no object or has neither id nor operation; everything else that is missing is null.
 * @param undatedAt the time (ms UTC) of a record that has none, such as when its blob was made; 0 by default,
 *   which keeps the record and puts it into nobody's window
 */
export function normaliseActivityRecord(body: unknown, undatedAt = 0): Normalised {
  const parsed = ActivityRecord.safeParse(withKnownNames(body));
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
      actor: actorOf({
        identities: record.Actor,
        userId: record.UserId,
        userKey: record.UserKey,
        userType: record.UserType,
      }),
      targets,
      correlationId: record.InterSystemsId?.toLowerCase() ?? null,
      clientIp: ipAddress(record.ClientIP ?? record.ActorIpAddress),
      actionClient: scalarOf(findProperty(modified, 'Action Client Name')?.newValue ?? null),
      modified,
      licenses: licensesOf(modified),
      group: groupOf(operation, targets, modified),
      sequence: sequenceOf(detailsOf(extended.get('additionalDetails') ?? null)),
    },
  };
}

/** Until 2019 the properties came as JSON text in `targetUpdatedProperties`. */
function modifiedOf(record: ActivityRecord, old: string | null): ModifiedProperty[] {
  const modified = record.ModifiedProperties.map((property) =>
    typeof property === 'string'
      ? { name: property, oldValue: null, newValue: null }
      : { name: property.Name, oldValue: property.OldValue, newValue: property.NewValue },
  );
  return modified.length === 0 && old !== null ? (parseLoggedProperties(old) ?? []) : modified;
}

function detailsOf(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A failed sign-in may say `Success` in `ResultStatus`: there the operation and the error tell. */
function resultOf(record: ActivityRecord): AuditEvent['result'] {
  if (record.Operation?.toLowerCase() === 'userloginfailed' || record.LogonError !== null) return 'failure';
  const status = record.ResultStatus;
  if (status === null) return 'unknown';
  if (/^(success|succeeded|true|partiallysucceeded)$/i.test(status)) return 'success';
  return /^(fail|false|error)/i.test(status) ? 'failure' : 'unknown';
}
