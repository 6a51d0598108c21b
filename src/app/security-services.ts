import type { Access } from '../domain/access/access.ts';
import { inScope } from '../domain/access/scope.ts';
import type { SecurityIncident } from '../domain/detection/alerts/security-incident.ts';
import { type Around, type RecordDetail, securityView } from '../domain/detection/alerts/view.ts';
import { takesInAlert } from '../domain/detection/alerts/who-may-see.ts';
import { viewOf } from '../domain/detection/records/view-of.ts';
import { DAY_MS, HOUR_MS } from '../domain/durations.ts';
import type { KeptRecord } from '../domain/ports.ts';
import type { JobContext } from '../jobs/context.ts';
import { decideSecurity } from '../jobs/decisions/security.ts';
import type { Scheduler } from '../jobs/running/schedule.ts';
import type { BotServices } from '../teams/services.ts';

type Services = Pick<BotServices, 'securityAlert' | 'decideSecurity'>;

/** As many records as Details can show, and of Search around as many as are worth reading. */
const RECORDS = 5;
const AROUND = 100;

const UNKNOWN = 'I do not know this alert.';

/** What the bot asks about alerts of detections. */
export function securityServices(jobs: JobContext, scheduler: Pick<Scheduler, 'wakeUp'>): Services {
  const { store, clock } = jobs;
  const load: Services['securityAlert'] = async (id, viewer, part) => {
    const incident = await store.security.byId(id);
    if (!incident || !takesInAlert(viewer.sees, incident)) return null;
    const decisions = await store.decisions.byIncident(id);
    const view = securityView(incident, decisions, true, clock.now());
    if (part === 'details') return { ...view, details: await detailsOf(jobs, incident) };
    return part === 'around' ? { ...view, around: await aroundOf(jobs, incident, viewer) } : view;
  };
  return {
    securityAlert: load,
    async decideSecurity(request, by, access) {
      const decided = await decideSecurity(jobs, request, by, access);
      if (decided.kind === 'accepted') scheduler.wakeUp();
      const view = await load(request.incidentId, access, null);
      if (decided.kind === 'refused') return { kind: 'refused', reason: decided.reason, view };
      return view ? { kind: 'accepted', view } : { kind: 'refused', reason: UNKNOWN, view };
    },
  };
}

async function detailsOf({ store }: JobContext, { recordIds }: SecurityIncident): Promise<RecordDetail[]> {
  const records = await store.security.records(recordIds.slice(0, RECORDS));
  return records.map(({ event, raw }) => ({
    id: event.id,
    at: event.at,
    operation: event.operation,
    who: event.actor?.name ?? event.actor?.id ?? null,
    object: objectOf(event),
    address: event.clientIp,
    facts: event.modified.map(({ name, oldValue, newValue }) => ({
      name,
      before: oldValue,
      after: newValue,
    })),
    raw,
  }));
}

const objectOf = ({ targets }: KeptRecord['event']): string | null => {
  const names = targets.flatMap(({ name, id }) => name ?? id ?? []);
  return names.length === 0 ? null : [...new Set(names)].join(', ');
};

/**
 * What else the person, or the address, did from half a day before the first to half a day after the last record. Who
 * sees a part of the users sees what their people did; an address would show others.
 */
async function aroundOf(
  { store }: JobContext,
  incident: SecurityIncident,
  { sees }: Pick<Access, 'sees'>,
): Promise<Around> {
  const { labels, words, recordIds, firstAt, lastAt } = incident;
  const own = await store.security.records(recordIds.slice(0, RECORDS));
  const actors = own.flatMap(({ actorId }) => actorId ?? []);
  const known = await store.users.named([...actors, ...(labels.actor === undefined ? [] : [labels.actor])]);
  const theirs = known
    .filter(({ userId }) => inScope(sees, userId))
    .flatMap(({ userId, userPrincipalName }) => [userId, userPrincipalName]);
  const seen = new Set(sees === null ? [...actors, ...theirs] : theirs);
  const addresses = sees === null ? addressesOf(incident, own) : [];
  const from = firstAt - DAY_MS / 2;
  const to = Math.min(lastAt, firstAt + DAY_MS) + DAY_MS / 2;
  const window = { from, to: Math.max(to, from + HOUR_MS) };
  const found =
    seen.size + addresses.length === 0
      ? []
      : await store.security.find({ ...window, actorIds: [...seen], addresses, limit: AROUND + 1 });
  const events = found.slice(-AROUND).map(({ event }) => ({
    at: event.at,
    operation: event.operation,
    object: objectOf(event),
    result: event.result,
  }));
  const about = [words.who, ...addresses].filter((one) => one !== null).join(' and ');
  return {
    about: about === '' ? 'What happened around it' : `What ${about} did around it`,
    ...window,
    events,
    more: found.length - events.length,
  };
}

function addressesOf({ labels }: SecurityIncident, own: readonly KeptRecord[]): string[] {
  const named = own.flatMap(({ raw }) => viewOf(raw)?.labels.address ?? []);
  return [...new Set([...(labels.address === undefined ? [] : [labels.address]), ...named])].slice(0, 5);
}
