import { normaliseActivityRecord } from './activity-record.ts';
import { normaliseDirectoryAudit } from './directory-audit.ts';
import { isObject } from './exported-row.ts';
import type { Normalised } from './normalised.ts';

/** The log that a record is from. */
export type RecordForm = 'directoryAudits' | 'activity';

const OF_DIRECTORY = ['activitydisplayname', 'activitydatetime', 'initiatedby', 'targetresources'];
const OF_ACTIVITY = [
  'auditdata',
  'creationtime',
  'workload',
  'officeworkload',
  'interSystemsId',
  'operation',
];

/** Which log a record is from, by its fields; null when nothing tells. */
export function formOf(body: unknown): RecordForm | null {
  if (!isObject(body)) return null;
  const inner = isObject(body.properties) ? Object.keys(body.properties) : [];
  const names = new Set([...Object.keys(body), ...inner].map((name) => name.toLowerCase()));
  if (names.has('auditdata')) return 'activity';
  if (OF_DIRECTORY.some((name) => names.has(name))) return 'directoryAudits';
  return OF_ACTIVITY.some((name) => names.has(name.toLowerCase())) ? 'activity' : null;
}

/**
 * A record of either log in whatever form people export it, as an audit event. Refused with what to do when it
 * cannot be read, and when it says neither when nor what.
 * @param assumed the log that it is taken for when its fields do not tell
 */
export function normaliseRecord(body: unknown, assumed: RecordForm | null): Normalised {
  const form = formOf(body) ?? assumed;
  if (form === null) return { ok: false, reason: UNKNOWN };
  const taken = form === 'activity' ? normaliseActivityRecord(body) : normaliseDirectoryAudit(body);
  if (taken.ok && taken.lacks.includes('no date')) return { ok: false, reason: UNDATED };
  return taken;
}

const FORMS =
  'directoryAudits of Microsoft Graph, records of the unified audit log, rows of Purview or Search-UnifiedAuditLog with their AuditData, or the table AuditLogs of Log Analytics';
const UNKNOWN = `It is no audit record that License Watch knows. Export ${FORMS}.`;
const UNDATED = `It does not say when it happened. Export ${FORMS}, with the time.`;
