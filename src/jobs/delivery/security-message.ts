import { securityCardKey } from '../../domain/delivery/card-key.ts';
import type { SecurityIncident } from '../../domain/detection/alerts/security-incident.ts';
import { securityView } from '../../domain/detection/alerts/view.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { OutboxItem, OutgoingMessage } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';

/** What a message's card shows: an incident, or an alert of detections; null where it is about neither. */
export async function incidentOf(
  { store }: Pick<JobContext, 'store'>,
  message: OutboxItem['message'],
): Promise<Incident | SecurityIncident | null> {
  if (message.kind === 'incident') return store.incidents.byId(message.incidentId);
  return message.kind === 'security' ? store.security.byId(message.incidentId) : null;
}

/** The card of an alert of detections as it is now, for everybody in its channel; null when it is unknown. */
export async function securityMessage(
  { store, settings, clock }: JobContext,
  incidentId: string,
): Promise<OutgoingMessage | null> {
  const incident = await store.security.byId(incidentId);
  if (!incident) return null;
  const decisions = await store.decisions.byIncident(incidentId);
  const view = securityView(incident, decisions, settings.channelShowsNames, clock.now());
  return { kind: 'security', key: securityCardKey(incidentId), view, mention: null };
}
