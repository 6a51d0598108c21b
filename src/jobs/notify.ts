import type { Incident } from '../domain/incident/incident.ts';
import type { OutboxItem } from '../domain/ports.ts';

/**
 * The outbox item that brings an incident's card up to this revision. The key makes it unique: the same
 * revision is never told twice, whoever queues it.
 */
export const cardFor = (incident: Incident, now: number): OutboxItem => ({
  key: `incident:${incident.id}:${incident.revision}`,
  message: { kind: 'incident', incidentId: incident.id, revision: incident.revision },
  notBefore: now,
});

/**
 * A message of its own for the alert channel. `about` and `since` make it unique; a `call` also calls whoever is on
 * call.
 */
export const noticeAbout = (
  about: string,
  since: string,
  title: string,
  text: string,
  now: number,
  kind: 'notice' | 'call' = 'notice',
): OutboxItem => ({
  key: `notice:${about}:${since}`,
  message: { kind, title, text },
  notBefore: now,
});
