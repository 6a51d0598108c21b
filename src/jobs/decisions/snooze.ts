import type { Subject } from '../../domain/access/person.ts';
import { inScopeOf } from '../../domain/access/scope.ts';
import { DAY_MS } from '../../domain/durations.ts';
import type { DecisionRequest } from '../../domain/incident/decision.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { snoozeIncident, wakeIncident } from '../../domain/incident/life-cycle.ts';
import type { Silence } from '../../domain/suppression/suppression.ts';
import {
  commitDecision,
  type Decided,
  type DecisionContext,
  decisionOf,
  outsideScope,
  refuse,
  waitingFirst,
} from './decided.ts';

/** Longer than this is no snooze: the change was either intended or it was not. */
const MAX_SNOOZE_MS = 92 * DAY_MS;

/** Why a snooze cannot end then; null when it can. Both are ms UTC. */
export function wrongSnooze(until: number, now: number): Decided | null {
  if (until <= now) return refuse('The end of a snooze must lie ahead.');
  return until - now > MAX_SNOOZE_MS ? refuse('A snooze lasts for three months at most.') : null;
}

/** Puts an incident to rest and, if asked, what comes next for its users, its products or its group. */
export async function snooze(
  deciding: DecisionContext,
  incident: Incident,
  { until, reason, about }: Extract<DecisionRequest, { kind: 'snooze' }>,
): Promise<Decided> {
  const { context, by, access, now } = deciding;
  const wrong = wrongSnooze(until, now) ?? outsideScope(access.acts, incident.userIds);
  if (wrong) return wrong;
  if (incident.request) return refuse(waitingFirst(incident.request));
  if (access.acts !== null && (about === 'skus' || about === 'group')) {
    return refuse(
      'This would concern users outside your administrative units: snooze the incident or its users.',
    );
  }
  const subjects = subjectsOf(incident, about, access);
  if (about !== 'incident' && subjects.length === 0) {
    return refuse('There is nothing of that kind in this incident. Snooze the incident itself.');
  }
  const silences = subjects.map(
    (subject): Silence => ({ id: context.newId(), subject, until, reason, by, at: now, endedAt: null }),
  );
  const taken = decisionOf(deciding, {
    kind: 'snooze',
    incidentId: incident.id,
    // Users may join the incident later: the log says for whom this was decided.
    userIds: incident.userIds,
    reason,
    until,
    about: about === 'incident' ? null : about,
  });
  return commitDecision(context, snoozeIncident(incident, until, reason, now), {
    decisions: [taken],
    silences,
  });
}

function subjectsOf(
  { userIds, skuIds, groupId }: Incident,
  about: Extract<DecisionRequest, { kind: 'snooze' }>['about'],
  { acts }: DecisionContext['access'],
): Subject[] {
  switch (about) {
    case 'incident':
      return [];
    case 'users':
      return inScopeOf(acts, userIds).map((id) => ({ kind: 'user', id }));
    case 'skus':
      return skuIds.map((id) => ({ kind: 'sku', id }));
    case 'group':
      return groupId === null ? [] : [{ kind: 'group', id: groupId }];
  }
}

/** Ends an incident's snooze before its time. */
export async function wake(deciding: DecisionContext, incident: Incident): Promise<Decided> {
  const tooFar = outsideScope(deciding.access.acts, incident.userIds);
  if (tooFar) return tooFar;
  if (incident.snoozedUntil === null) return refuse('This incident is not snoozed.');
  const taken = decisionOf(deciding, { kind: 'wake', incidentId: incident.id });
  return commitDecision(deciding.context, wakeIncident(incident, deciding.now), { decisions: [taken] });
}
