import { decideAlert } from '../../domain/alert/decide-alert.ts';
import type { AlertDecision, AlertNote } from '../../domain/alert/reason.ts';
import type { SecurityIncident } from '../../domain/detection/alerts/security-incident.ts';
import type { DecisionKind } from '../../domain/incident/decision.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { LicenseChange } from '../../domain/license/change.ts';
import type { IncidentCommit, OutboxItem, ScanRecord } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { noteWritten } from './traces.ts';

type Subject = Pick<AlertNote, 'subject'> & Partial<Pick<AlertNote, 'changeId' | 'incidentId' | 'scanId'>>;

const noteOf = (
  { reason, ruleId, until, detail }: AlertDecision,
  at: number,
  subject: Subject,
): AlertNote => ({
  changeId: null,
  incidentId: null,
  scanId: null,
  ...subject,
  reason,
  ruleId,
  until,
  detail,
  at,
});

/** The note of what was decided about a change. */
export const changeNote = ({ id, scanId }: LicenseChange, decided: AlertDecision, at: number): AlertNote =>
  noteOf(decided, at, { subject: `change:${id}`, changeId: id, scanId });

/** The note of what was decided about an incident in this revision. */
export const incidentNote = ({ id, revision, updatedAt }: Incident, decided: AlertDecision): AlertNote =>
  noteOf(decided, updatedAt, { subject: `incident:${id}:${revision}`, incidentId: id });

/** The note of an incident that has moved on: read again, decided on, closed. */
export const updateNote = (before: Incident, after: Incident): AlertNote =>
  incidentNote(after, decideAlert({ about: 'update', before, after }));

/** The note of an incident that an operator decided something about. */
export const decisionNote = (incident: Incident, kind: DecisionKind): AlertNote =>
  incidentNote(incident, decideAlert({ about: 'decision', kind }));

/** The note of an alert of detections that is new or has moved on, by a decision or by itself. `now` is ms UTC. */
export const detectionNote = (
  before: SecurityIncident | null,
  after: SecurityIncident,
  now: number,
  kind: DecisionKind | null = null,
): AlertNote =>
  noteOf(decideAlert(kind ? { about: 'decision', kind } : { about: 'detection', before, after, now }), now, {
    subject: `security:${after.id}:${after.revision}`,
    incidentId: after.id,
  });

/** The note of what became of a message. */
export const messageNote = (
  { key, message }: Pick<OutboxItem, 'key' | 'message'>,
  decided: AlertDecision,
  at: number,
): AlertNote =>
  noteOf(decided, at, {
    subject: `message:${key}`,
    incidentId: message.kind === 'incident' || message.kind === 'security' ? message.incidentId : null,
  });

/** The note of a read that was not committed; undefined for one that was. */
export function readNote({ id, outcome, reason, finishedAt }: ScanRecord): AlertNote | undefined {
  if (outcome === 'complete') return undefined;
  return noteOf(decideAlert({ about: 'read', outcome, reason }), finishedAt, {
    subject: `read:${id}`,
    scanId: id,
  });
}

/**
 * Writes a step of incidents' lives. What it decides about alerts is stored with it, and logged and counted once it is.
 * @param within the span that wrote it, by its words
 * @returns false where somebody else was first, and nothing was written
 */
export async function commitNoted(
  context: Pick<JobContext, 'store' | 'log' | 'metrics' | 'tracing'>,
  commit: IncidentCommit,
  within?: string,
): Promise<boolean> {
  const committed = await context.store.incidents.commit(commit);
  if (!committed) return false;
  announce(context, commit.alerts ?? []);
  await noteWritten(context, commit, within);
  return true;
}

/** Logs and counts what was decided and stored, a line for each reason. */
export function announce(
  { log, metrics }: Pick<JobContext, 'log' | 'metrics'>,
  notes: readonly AlertNote[],
): void {
  for (const [reason, about] of Map.groupBy(notes, (note) => note.reason)) {
    metrics.alertDecided(reason, about.length);
    const [first] = about;
    log.info(
      {
        reason,
        count: about.length,
        subject: first?.subject,
        ...(first?.ruleId ? { ruleId: first.ruleId } : {}),
        ...(first?.until ? { until: new Date(first.until).toISOString() } : {}),
      },
      'alert was decided',
    );
  }
}
