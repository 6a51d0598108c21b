import { cardSubject } from '../../domain/delivery/card-key.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { IncidentCommit, OutboxItem, QueuedItem } from '../../domain/ports.ts';
import type { SpanFacts, SpanOptions, SpanPlace } from '../../observability/tracing.ts';
import type { JobContext } from '../context.ts';

type Traced = Pick<JobContext, 'store' | 'tracing'>;

/** Where the read of this id stands: it begins the trace of all that it found. */
export const readPlace = (scanId: string): SpanPlace => ({ trace: `scan:${scanId}`, span: `scan:${scanId}` });

/** Where the explanation of these changes of a read stands. */
export const explainedPlace = (scanId: string, firstChangeId: string): Required<SpanPlace> => ({
  trace: `scan:${scanId}`,
  span: `explained:${firstChangeId}`,
  parent: `scan:${scanId}`,
});

/**
 * Notes what was written about incidents and alerts, each in the trace of the read that its last change comes of.
 * @param within what wrote it, where that is of the same trace; the read itself unless given
 */
export async function noteWritten(
  { store, tracing }: Traced,
  { incidents, security, verdicts }: IncidentCommit,
  within?: string,
): Promise<void> {
  if (!tracing.on) return;
  for (const incident of incidents) {
    const trace = await traceOf(store, incident);
    const { id, revision, status } = incident;
    tracing.note('incident', {
      at: { trace, span: `incident:${id}:${revision}`, parent: within ?? trace },
      facts: {
        'license_watch.incident': id,
        'license_watch.revision': revision,
        'license_watch.status': status,
        'license_watch.verdicts': verdicts.length,
      },
    });
  }
  for (const { id, revision, status, level, rule } of security?.incidents ?? []) {
    tracing.note('alert of a detection', {
      at: { trace: `security:${id}`, span: `security:${id}:${revision}` },
      facts: {
        'license_watch.incident': id,
        'license_watch.revision': revision,
        'license_watch.status': status,
        'license_watch.level': level,
        'license_watch.rule': rule,
      },
    });
  }
}

/** The two spans of a card: the time that it waited, and below it the sending, which this describes. */
export type CardTrace = { sending: SpanOptions; noteSent(): void };

/** How a message that is sent now is traced. Where nobody receives traces, nothing is looked up. */
export async function cardTrace(context: Traced, item: QueuedItem): Promise<CardTrace> {
  const { tracing } = context;
  if (!tracing.on) return { sending: {}, noteSent: () => undefined };
  const { trace, parent, since } = await origin(context, item);
  const facts: SpanFacts = { 'license_watch.message': item.message.kind, 'license_watch.key': item.key };
  return {
    sending: { at: { trace, parent: `outbox:${item.key}` }, kind: 'consumer', facts },
    noteSent() {
      tracing.note('outbox', {
        at: { trace, span: `outbox:${item.key}`, ...(parent === null ? {} : { parent }) },
        kind: 'producer',
        facts,
        ...(since === null ? {} : { startedAt: since }),
      });
    },
  };
}

type Origin = { trace: string; parent: string | null; since: number | null };

async function origin({ store }: Traced, { key, message }: OutboxItem): Promise<Origin> {
  const alone: Origin = { trace: `outbox:${key}`, parent: null, since: null };
  const subject = cardSubject(message);
  if (message.kind === 'security' && subject !== null) {
    const alert = await store.security.byId(message.incidentId);
    if (!alert) return alone;
    const parent = `security:${alert.id}:${message.revision}`;
    return { trace: `security:${alert.id}`, parent, since: alert.updatedAt };
  }
  if (message.kind !== 'incident') return alone;
  const incident = await store.incidents.byId(message.incidentId);
  if (!incident) return alone;
  const parent = `incident:${incident.id}:${message.revision}`;
  return { trace: await traceOf(store, incident), parent, since: incident.updatedAt };
}

/** The trace of the read that an incident’s last change comes of: an incident that goes on goes on there. */
async function traceOf(store: JobContext['store'], { id, changeIds }: Incident): Promise<string> {
  const last = changeIds.at(-1);
  const [explained] = last === undefined ? [] : await store.changes.byIds([last]);
  return explained ? `scan:${explained.change.scanId}` : `incident:${id}`;
}
