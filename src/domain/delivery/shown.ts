import type { Cause, VerdictLevel } from '../attribution/verdict.ts';
import type { SecurityIncident } from '../detection/alerts/security-incident.ts';
import type { Incident, IncidentStatus } from '../incident/incident.ts';

/** What the card of an incident said when it was sent last. */
export type Shown = {
  status: IncidentStatus;
  level: VerdictLevel;
  cause: Cause;
  changes: number;
  restored: number;
  /** Whether a request waited for a second operator. */
  asked: boolean;
  snoozed: boolean;
};

export const shownOf = (incident: Incident): Shown => ({
  status: incident.status,
  level: incident.level,
  cause: incident.cause,
  changes: incident.changeIds.length,
  restored: incident.restoredUserIds.length,
  asked: incident.request !== null,
  snoozed: incident.snoozedUntil !== null,
});

/** The same of an alert of detections: each firing is one more change; a record says what it was. */
export const shownOfAlert = ({ status, count, snoozedUntil }: SecurityIncident): Shown => ({
  status,
  level: 'proved',
  cause: 'unknown',
  changes: count,
  restored: 0,
  asked: false,
  snoozed: snoozedUntil !== null,
});

/**
 * Says whether somebody who saw the card has to hear of the incident again. People who deleted a card do not get it
 * back for a decision that they took themselves, nor because its times and texts changed.
 * @param shown what the card said last; null where that was not kept, which counts as news
 */
export function isNewsSince(shown: Shown | null, incident: Incident | SecurityIncident): boolean {
  if (shown === null) return true;
  const now = 'rule' in incident ? shownOfAlert(incident) : shownOf(incident);
  return (
    now.changes > shown.changes ||
    now.restored !== shown.restored ||
    (now.status !== shown.status && (now.status === 'restored' || now.status === 'open')) ||
    (now.level !== shown.level && (now.level === 'proved' || now.level === 'likely')) ||
    (now.cause !== shown.cause && now.cause !== 'unknown') ||
    (now.asked && !shown.asked) ||
    (shown.snoozed && !now.snoozed && now.status === 'open')
  );
}
