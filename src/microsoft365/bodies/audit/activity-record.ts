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
import { actorOf, identityOf, targetOf } from './identities.ts';
import { asCount, asList, asObject, asText, asValueText, instantOf, ipAddress } from './loose-fields.ts';
import { groupOf } from './membership.ts';
import { lacksOf, type Normalised } from './normalised.ts';
import { sequenceOf } from './sequence.ts';

type Property = { Name: string; OldValue: string | null; NewValue: string | null };

const propertyOf = (entry: unknown): Property | null =>
  isObject(entry) && typeof entry.Name === 'string'
    ? { Name: entry.Name, OldValue: asValueText(entry.OldValue), NewValue: asValueText(entry.NewValue) }
    : null;

/**
 * A record of the Management Activity API, as far as we use it; every workload fits. A whole blob goes through here, and
 * no field can fail: each is read by a function of its own, where a schema takes ten times as long to find nothing wrong.
 */
const readRecord = (body: Readonly<Record<string, unknown>>) => ({
  Id: asText(body.Id),
  CreationTime: asText(body.CreationTime),
  Operation: asText(body.Operation),
  Workload: asText(body.Workload),
  ResultStatus: asText(body.ResultStatus),
  LogonError: asText(body.LogonError),
  UserId: asText(body.UserId),
  UserKey: asText(body.UserKey),
  UserType: asCount(body.UserType),
  ObjectId: asText(body.ObjectId),
  ClientIP: asText(body.ClientIP),
  ActorIpAddress: asText(body.ActorIpAddress),
  InterSystemsId: asText(body.InterSystemsId),
  clientAppId: asText(asObject(body.AppAccessContext)?.ClientAppId),
  Actor: asList(body.Actor, identityOf),
  Target: asList(body.Target, identityOf),
  // Exchange writes plain texts here, everybody else objects.
  ModifiedProperties: asList(body.ModifiedProperties, (entry) =>
    typeof entry === 'string' ? entry : propertyOf(entry),
  ),
  ExtendedProperties: asList(body.ExtendedProperties, (entry) =>
    isObject(entry) ? { Name: asText(entry.Name), Value: asText(entry.Value) } : null,
  ),
});
type ActivityRecord = ReturnType<typeof readRecord>;

const NAMES = [
  'Id',
  'CreationTime',
  'Operation',
  'Workload',
  'RecordType',
  'ResultStatus',
  'LogonError',
  'ErrorNumber',
  'UserId',
  'UserKey',
  'UserType',
  'ObjectId',
  'ClientIP',
  'ActorIpAddress',
  'InterSystemsId',
  'AppAccessContext',
  'Actor',
  'Target',
  'ModifiedProperties',
  'ExtendedProperties',
];

const FIELDS: ReadonlyMap<string, string> = new Map([
  ...NAMES.map((name) => [name.toLowerCase(), name] as const),
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
  const named = withKnownNames(unwrapped.record);
  if (!isObject(named)) return { ok: false, reason: 'The record is not a JSON object.' };
  const record = readRecord(named);
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
        [...principalNamesIn(modified), record.clientAppId, userAgentIn(details)],
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
    const logged = jsonIn(old);
    const properties = asList(logged, propertyOf);
    return Array.isArray(logged) && properties.length === logged.length ? properties.map(toModified) : [];
  }
  return record.ModifiedProperties.map((property) =>
    typeof property === 'string' ? { name: property, oldValue: null, newValue: null } : toModified(property),
  );
}

const toModified = ({ Name, OldValue, NewValue }: Property): ModifiedProperty => ({
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
