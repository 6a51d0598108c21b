import type { ForwardedRecord } from '../ports/forwarding.ts';

/** Open Cybersecurity Schema Framework: https://schema.ocsf.io/1.4.0 */
const OCSF_VERSION = '1.4.0';

/** Classes: https://schema.ocsf.io/1.4.0/classes/authentication, group_management, api_activity. */
const AUTHENTICATION = {
  uid: 3002,
  name: 'Authentication',
  category: 3,
  categoryName: 'Identity & Access Management',
};
const GROUP_MANAGEMENT = {
  uid: 3006,
  name: 'Group Management',
  category: 3,
  categoryName: 'Identity & Access Management',
};
const API_ACTIVITY = { uid: 6003, name: 'API Activity', category: 6, categoryName: 'Application Activity' };

/** Activity ids of each class; 99 is "Other" in all of them. */
const OTHER = { id: 99, name: 'Other' };
const LOGON = { id: 1, name: 'Logon' };
const CREATE = { id: 1, name: 'Create' };
const READ = { id: 2, name: 'Read' };
const UPDATE = { id: 3, name: 'Update' };
const DELETE = { id: 4, name: 'Delete' };

const SIGN_IN = /^(UserLoggedIn|UserLoginFailed|Sign-in activity)$/i;
/** https://schema.ocsf.io/1.4.0/classes/group_management: 3 Add User, 4 Remove User. */
const MEMBER_ADDED = /^(Add member to group|MemberAdded)$/i;
const MEMBER_REMOVED = /^(Remove member from group|MemberRemoved)$/i;

/** User types: https://schema.ocsf.io/1.4.0/objects/user. */
const USER_TYPES: Record<string, number> = { user: 1, system: 3, app: 4, partner: 99 };

type Class = typeof API_ACTIVITY;
type Activity = { id: number; name: string };

/**
 * Gives a record as an OCSF event. What the schema has no place for stays in `unmapped`, and the whole record as
 * Microsoft sent it in `raw_data`.
 */
export function ocsfEvent(record: ForwardedRecord): object {
  const { of, activity } = classOf(record.operation);
  const person = {
    ...(record.actorName === null ? {} : { name: record.actorName }),
    ...(record.actorId === null ? {} : { uid: record.actorId }),
    type_id: USER_TYPES[record.actorKind ?? ''] ?? 0,
  };
  const status = statusOf(record.result);
  return {
    activity_id: activity.id,
    activity_name: activity.name,
    category_uid: of.category,
    category_name: of.categoryName,
    class_uid: of.uid,
    class_name: of.name,
    type_uid: of.uid * 100 + activity.id,
    type_name: `${of.name}: ${activity.name}`,
    severity_id: 1,
    severity: 'Informational',
    time: record.at,
    ...status,
    metadata: {
      version: OCSF_VERSION,
      uid: record.id,
      event_code: record.operation,
      log_name: record.source,
      logged_time: record.receivedAt,
      original_time: new Date(record.at).toISOString(),
      ...(record.correlationId === null ? {} : { correlation_uid: record.correlationId }),
      product: { name: 'License Watch', vendor_name: 'License Watch' },
    },
    actor:
      record.actorKind === 'app'
        ? { app_name: record.actorName ?? 'unknown', user: person }
        : { user: person },
    src_endpoint: record.clientIp === null ? { name: 'unknown' } : { ip: record.clientIp },
    ...(of === AUTHENTICATION ? { user: person } : {}),
    ...(of === GROUP_MANAGEMENT ? { group: { name: 'see raw_data' } } : {}),
    ...(of === API_ACTIVITY
      ? { api: { operation: record.operation, service: { name: record.workload } } }
      : {}),
    unmapped: { workload: record.workload, source: record.source },
    raw_data: record.raw,
  };
}

function classOf(operation: string): { of: Class; activity: Activity } {
  if (SIGN_IN.test(operation)) return { of: AUTHENTICATION, activity: LOGON };
  if (MEMBER_ADDED.test(operation)) return { of: GROUP_MANAGEMENT, activity: { id: 3, name: 'Add User' } };
  if (MEMBER_REMOVED.test(operation))
    return { of: GROUP_MANAGEMENT, activity: { id: 4, name: 'Remove User' } };
  return { of: API_ACTIVITY, activity: activityOf(operation) };
}

/** By the first word of Microsoft's name, or the past participle at its end: "Add user", "New-InboxRule", "FileDeleted". */
function activityOf(operation: string): Activity {
  if (/^(add|new|create|invite)\b|(created|added|uploaded)$/i.test(operation)) return CREATE;
  if (/^(delete|remove|hard delete)\b|(deleted|removed|recycled)$/i.test(operation)) return DELETE;
  if (
    /^(update|set|change|enable|disable|restore|reset)\b|(modified|updated|changed|renamed|moved|set)$/i.test(
      operation,
    )
  )
    return UPDATE;
  if (/^(get|search|view)\b|(accessed|viewed|previewed|downloaded|searched|performed)$/i.test(operation))
    return READ;
  return OTHER;
}

function statusOf(result: string): { status_id: number; status: string } {
  if (result === 'success') return { status_id: 1, status: 'Success' };
  if (result === 'failure') return { status_id: 2, status: 'Failure' };
  return { status_id: 0, status: 'Unknown' };
}
