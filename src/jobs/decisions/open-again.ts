import type { Incident } from '../../domain/incident/incident.ts';
import type { JobContext } from '../context.ts';

/** A restored or approved incident opens again; a newer one may have its fingerprint by now, so that it gets its own. */
export async function openAgain({ store }: JobContext, incident: Incident): Promise<Incident> {
  if (incident.status === 'open') return incident;
  const rival = await store.incidents.openByFingerprint(incident.fingerprint);
  const fingerprint = rival ? `${incident.fingerprint}|${incident.id}` : incident.fingerprint;
  return { ...incident, status: 'open', hiddenByRuleId: null, fingerprint };
}
