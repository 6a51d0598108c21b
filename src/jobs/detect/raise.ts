import type { Found } from '../../domain/detection/alerts/found.ts';
import { gather } from '../../domain/detection/alerts/gather.ts';
import type { SecurityIncident } from '../../domain/detection/alerts/security-incident.ts';
import type { RuleMatch } from '../../domain/detection/evaluate.ts';
import { MINUTE_MS } from '../../domain/durations.ts';
import type { IncidentCommit, OutboxItem } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { commitNoted, detectionNote } from '../outgoing/alert-notes.ts';
import { securityCard } from '../outgoing/outgoing.ts';

/** New alerts wait for what belongs to them, but no longer than this, ms. */
const LONGEST_SETTLE_MS = 2 * MINUTE_MS;

/** What is written with the alerts, in the same transaction. */
export type RaisedWith = { told?: readonly Pick<RuleMatch, 'ruleId' | 'recordId'>[] };

/**
 * Writes the alerts that firings belong to, new or joined, with their cards.
 * @returns false where somebody else was first, and nothing was written
 */
export async function raise(
  context: JobContext,
  found: readonly Found[],
  { told = [] }: RaisedWith = {},
): Promise<boolean> {
  const { security, outbox, alerts, before } = await alertsFor(context, found);
  context.onStep('detect:before-commit');
  const committed = await commitNoted(context, {
    incidents: [],
    verdicts: [],
    settled: [],
    security: { incidents: security, told, toldAt: context.clock.now() },
    outbox,
    alerts,
  });
  context.onStep('detect:after-commit');
  if (!committed) {
    context.log.warn({ alerts: security.length }, 'alerts of detections changed meanwhile: looking again');
    return false;
  }
  for (const { firing } of found) {
    context.metrics.detectionFired(firing.class ?? 'none', firing.level, 1);
  }
  const opened = security.filter(({ id }) => !before.has(id));
  for (const { id, rule, level, status } of opened) {
    context.log.info({ alert: id, rule, level, status }, 'a detection fired');
  }
  return true;
}

/** The alerts that firings make or change, with the cards and notes of them; nothing is written. */
export async function alertsFor(
  context: JobContext,
  found: readonly Found[],
): Promise<
  Required<Pick<IncidentCommit, 'outbox' | 'alerts'>> & {
    security: SecurityIncident[];
    before: ReadonlyMap<string, SecurityIncident>;
  }
> {
  const { store, clock, newId, settings } = context;
  const now = clock.now();
  if (found.length === 0) return { security: [], before: new Map(), outbox: [], alerts: [] };
  const open = await store.security.open();
  const security = gather(found, {
    open,
    rules: await store.security.rules(),
    now,
    settleMs: Math.min(settings.settleMs, LONGEST_SETTLE_MS),
    newId,
  });
  const before = new Map(open.map((incident) => [incident.id, incident]));
  return {
    security,
    before,
    outbox: security.flatMap((incident) => cardOf(incident, now)),
    alerts: security.map((incident) => detectionNote(before.get(incident.id) ?? null, incident, now)),
  };
}

/**
 * The card of an alert, when it may go out. A low one is queued as well: routing makes it a line of the digest, or a
 * card where a route wants that. None of one that is only kept, or that somebody expects.
 */
function cardOf(incident: SecurityIncident, now: number): OutboxItem[] {
  const { tellAt, snoozedUntil, level, status, hiddenByRuleId } = incident;
  const isForDigest = level === 'low' && status === 'open' && hiddenByRuleId === null;
  if (tellAt === null && !isForDigest) return [];
  return [securityCard(incident, Math.max(now, tellAt ?? now, snoozedUntil ?? 0))];
}
