import { HOUR_MS } from '../durations.ts';
import type { ApprovalRequest } from './decision.ts';
import type { Incident } from './incident.ts';
import type { IncidentGroup } from './incident-group.ts';
import { askedBefore, askedOf } from './waiting-request.ts';

/** A new open incident from a group of changes. `now` is ms UTC. */
export function openIncident(
  group: IncidentGroup,
  changeIds: readonly string[],
  id: string,
  now: number,
): Incident {
  return {
    id,
    fingerprint: group.fingerprint,
    kind: group.kind,
    cause: group.cause,
    level: group.level,
    actor: group.actor,
    groupId: group.groupId,
    severity: group.severity,
    status: 'open',
    userIds: [...group.userIds],
    skuIds: [...group.skuIds],
    changeIds: [...changeIds],
    restoredUserIds: [],
    openedAt: now,
    restoredAt: null,
    updatedAt: now,
    revision: 1,
    snoozedUntil: null,
    snoozeReason: null,
    request: null,
    hiddenByRuleId: null,
    exceededRuleId: null,
    undoneUserIds: [],
    watched: false,
  };
}

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];

const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;

/**
 * More changes with the same cause join an incident, and open it again if it was over: its card is edited, nobody
 * is told twice. A snooze holds; whether it got so much worse that the snooze ends is for the caller to judge.
 */
export function joinIncident(
  incident: Incident,
  group: IncidentGroup,
  changeIds: readonly string[],
  now: number,
): Incident {
  const lost = new Set(group.userIds);
  const userIds = union(incident.userIds, group.userIds);
  const severity =
    SEVERITIES.indexOf(group.severity) > SEVERITIES.indexOf(incident.severity)
      ? group.severity
      : incident.severity;
  return revise(incident, now, {
    status: 'open',
    restoredAt: null,
    userIds,
    skuIds: union(incident.skuIds, group.skuIds),
    changeIds: union(incident.changeIds, changeIds),
    restoredUserIds: incident.restoredUserIds.filter((id) => !lost.has(id)),
    undoneUserIds: incident.undoneUserIds.filter((id) => !lost.has(id)),
    request: askedBefore(incident, userIds),
    severity,
  });
}

/** New changes join an open incident only while it is this fresh, ms: later ones are news, and get a card. */
const FRESH_MS = HOUR_MS;

/** Whether more changes with the same cause still belong to this incident. */
export const isFresh = (incident: Incident, now: number): boolean => now - incident.updatedAt <= FRESH_MS;

/** Takes no more changes: its fingerprint becomes its own, so that a new incident may have the old one. */
export const sealIncident = (incident: Incident, now: number): Incident =>
  revise(incident, now, { fingerprint: `${incident.fingerprint}|${incident.id}` });

/** Its changes belong to other incidents now, or need nobody's attention: what waited for an answer waits no more. */
export const closeIncident = (incident: Incident, now: number): Incident =>
  revise(incident, now, { status: 'closed', request: null });

/**
 * Late evidence: an incident keeps only this group of its changes, with the cause that the group has now.
 * Returns the same object when nothing is new.
 * @param changeIds ids of the group's changes
 */
export function explainIncident(
  incident: Incident,
  group: IncidentGroup,
  changeIds: readonly string[],
  now: number,
): Incident {
  const same =
    incident.cause === group.cause &&
    incident.level === group.level &&
    incident.actor?.id === group.actor?.id &&
    incident.groupId === group.groupId &&
    incident.changeIds.length === changeIds.length;
  if (same) return incident;
  const stays = new Set(group.userIds);
  return revise(incident, now, {
    kind: group.kind,
    fingerprint: group.fingerprint,
    cause: group.cause,
    level: group.level,
    actor: group.actor,
    groupId: group.groupId,
    severity: group.severity,
    userIds: [...group.userIds],
    skuIds: [...group.skuIds],
    changeIds: [...changeIds],
    restoredUserIds: incident.restoredUserIds.filter((id) => stays.has(id)),
    undoneUserIds: incident.undoneUserIds.filter((id) => stays.has(id)),
    request: askedOf(incident.request, stays),
  });
}

/**
 * What a new read of the users says about an incident: who has everything back. All of them: the incident
 * is restored. Who still holds what an undo takes away counts as restored only after it was seen gone.
 * Returns the same object when nothing is new.
 */
export function progressIncident(incident: Incident, holding: ReadonlySet<string>, now: number): Incident {
  if (incident.status !== 'open') return incident;
  const undoneUserIds = incident.undoneUserIds.filter((id) => holding.has(id));
  const undone = new Set(undoneUserIds);
  const restoredUserIds = incident.userIds.filter((id) => holding.has(id) && !undone.has(id));
  const all = incident.userIds.length > 0 && restoredUserIds.length === incident.userIds.length;
  const unchanged =
    undoneUserIds.length === incident.undoneUserIds.length &&
    restoredUserIds.length === incident.restoredUserIds.length &&
    new Set(incident.restoredUserIds).isSupersetOf(new Set(restoredUserIds));
  if (unchanged && !all) return incident;
  return revise(incident, now, {
    restoredUserIds,
    undoneUserIds,
    status: all ? 'restored' : 'open',
    restoredAt: all ? now : null,
    // What was asked for has come by itself; a request to undo it still waits.
    ...(all && incident.request?.kind === 'reassign' ? { request: null } : {}),
  });
}

/** Somebody decided that the change was intended: nothing waits any more. A rule made of it names the incident. */
export const approveIncident = (incident: Incident, now: number): Incident =>
  revise(incident, now, {
    status: 'approved',
    request: null,
    snoozedUntil: null,
    snoozeReason: null,
  });

/** No reminders until `until` (ms UTC). */
export const snoozeIncident = (incident: Incident, until: number, reason: string, now: number): Incident =>
  revise(incident, now, { snoozedUntil: until, snoozeReason: reason });

/** The snooze is over: its time has come, somebody ended it, or it got worse. */
export const wakeIncident = (incident: Incident, now: number): Incident =>
  revise(incident, now, { snoozedUntil: null, snoozeReason: null });

/** A second operator is asked. */
export const requestApproval = (incident: Incident, request: ApprovalRequest, now: number): Incident =>
  revise(incident, now, { request });

/** The request was confirmed, declined or withdrawn, or nobody answered it in time. */
export const closeRequest = (incident: Incident, now: number): Incident =>
  revise(incident, now, { request: null });

/**
 * A reassign is being taken back: the incident is open again. Its users still hold the license until Microsoft
 * has carried it out, and that is no restore.
 */
export const undoIncident = (incident: Incident, userIds: readonly string[], now: number): Incident =>
  revise(incident, now, {
    status: 'open',
    restoredAt: null,
    request: null,
    restoredUserIds: [...new Set(incident.restoredUserIds).difference(new Set(userIds))],
    undoneUserIds: union(incident.undoneUserIds, userIds),
  });

/** Something that the card shows has changed beside the incident itself, such as a step of a restore. */
export const touchIncident = (incident: Incident, now: number): Incident => revise(incident, now, {});

function revise(incident: Incident, now: number, change: Partial<Incident>): Incident {
  return { ...incident, ...change, updatedAt: now, revision: incident.revision + 1 };
}
