import type { Decision } from '../incident/decision.ts';
import { LICENSE_WATCH } from '../suppression/license-watch.ts';
import type { ViewContext } from './context.ts';
import type { IncidentView } from './view.ts';

const nameOf = (decision: Decision | undefined): string | null =>
  decision && decision.by.aadObjectId !== LICENSE_WATCH.aadObjectId ? decision.by.name : null;

/** Who keeps the incident quiet, and why; null when nobody does. */
export function snoozeOf({ facts }: ViewContext): IncidentView['snooze'] {
  const { incident, decisions } = facts;
  if (incident.status !== 'open' || incident.snoozedUntil === null) return null;
  const decision = decisions.findLast(({ kind }) => kind === 'snooze');
  return { by: nameOf(decision), reason: decision?.reason ?? incident.snoozeReason };
}

/** How it ended; null while it is open, and where it was only closed. */
export function endingOf({ facts }: ViewContext): IncidentView['ending'] {
  const { incident, decisions } = facts;
  switch (incident.status) {
    case 'restored': {
      const decision = decisions.findLast(({ kind }) => kind === 'reassign');
      return {
        // Of what was restored before that was noted, its last revision tells the time.
        at: incident.restoredAt ?? incident.updatedAt,
        by: nameOf(decision),
        reason: null,
        ruleUntil: null,
      };
    }
    case 'approved': {
      const decision = decisions.findLast(({ kind }) => kind === 'approve');
      const rule = decisions.findLast(({ kind }) => kind === 'make-rule' || kind === 'extend-rule');
      const ended = decisions.some(({ kind, at }) => kind === 'end-rule' && at >= (rule?.at ?? 0));
      return {
        at: decision?.at ?? incident.updatedAt,
        by: nameOf(decision),
        reason: decision?.reason ?? null,
        ruleUntil: ended ? null : (rule?.until ?? null),
      };
    }
    default:
      return null;
  }
}
