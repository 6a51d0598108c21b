import { nameElsewhere } from '../../domain/delivery/channel-name.ts';
import type { SecurityIncident } from '../../domain/detection/alerts/security-incident.ts';
import type { Decision } from '../../domain/incident/decision.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { OutboxItem } from '../../domain/ports.ts';
import type { AskedChange } from '../../domain/restore/requests/asked-change.ts';

/**
 * The outbox item that brings an incident's card up to this revision. The key makes it unique: the same
 * revision is never told twice, whichever job queues it.
 */
export const cardFor = (incident: Incident, now: number): OutboxItem => ({
  key: `incident:${incident.id}:${incident.revision}`,
  message: { kind: 'incident', incidentId: incident.id, revision: incident.revision },
  notBefore: now,
});

/** The outbox item that brings the card of an alert of detections up to this revision, not before that time. */
export const securityCard = (
  { id, revision }: Pick<SecurityIncident, 'id' | 'revision'>,
  notBefore: number,
): OutboxItem => ({
  key: `security:${id}:${revision}`,
  message: { kind: 'security', incidentId: id, revision },
  notBefore,
});

/** The outbox item that brings the card of a request for a second operator up to this revision, in the channel. */
export const askedCard = ({ id, revision }: AskedChange, now: number): OutboxItem => ({
  key: `request:${id}:${revision}`,
  message: { kind: 'request', requestId: id, revision },
  notBefore: now,
});

/** The outbox item that says to the asker how their request ended, where they asked. */
export const askerNotice = (
  { id, conversationKey }: Pick<AskedChange, 'id' | 'conversationKey'>,
  title: string,
  text: string,
  now: number,
): OutboxItem => ({
  key: `notice:asked:${id}`,
  message: { kind: 'notice', title, text, to: conversationKey },
  notBefore: now,
});

/** The line in a channel whose alerts were moved by a decision. `from` is its key, `to` the new one's name. */
export const alertsMoved = (
  decision: Pick<Decision, 'id' | 'by'>,
  from: string,
  to: string,
  now: number,
): OutboxItem => ({
  key: `notice:alerts-moved:${decision.id}`,
  message: {
    kind: 'notice',
    title: `Alerts are now posted in ${nameElsewhere(to)}`,
    text: `Moved by ${decision.by.name}. Cards that stand here are kept up to date.`,
    to: from,
  },
  notBefore: now,
});

/**
 * A message of its own for the alert channel. `about` and `since` make it unique; a `call` also calls the person on
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

/** The same message about the card of this key: it goes where that stands, and as late as its incident is told. */
export const besideCard = (cardKey: string, { message, ...item }: OutboxItem): OutboxItem => ({
  ...item,
  message: message.kind === 'notice' || message.kind === 'call' ? { ...message, about: cardKey } : message,
});
