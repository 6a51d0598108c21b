import type { Scope } from '../domain/access/scope.ts';
import { FAILURES_THAT_COUNT } from '../domain/audit/source-news.ts';
import type { Incident } from '../domain/incident/incident.ts';
import { buildIncidentView } from '../domain/incident-view/build-view.ts';
import type { IncidentView } from '../domain/incident-view/view.ts';
import { productName, servicePlanName } from '../domain/license/catalogue.ts';
import type { ExplainedChange, Store } from '../domain/ports.ts';

/** For whom a view is made, and when (ms UTC). `acts` is the same as `sees` where it is not given. */
export type Viewing = { now: number; sees: Scope; acts?: Scope };

/**
 * Loads an incident and all that its card shows to somebody.
 * @returns null when there is no such incident
 */
export async function loadIncidentView(
  store: Pick<Store, 'incidents' | 'changes' | 'users' | 'decisions' | 'audit' | 'outbox'>,
  incidentId: string,
  { now, sees, acts = sees }: Viewing,
): Promise<IncidentView | null> {
  const incident = await store.incidents.byId(incidentId);
  if (!incident) return null;
  const [changes, tenant, problems, auditing, silences, coverage, decisions, steps, card] = await Promise.all(
    [
      store.changes.byIds(incident.changeIds),
      store.users.tenant(),
      store.audit.problems(),
      store.audit.auditing(),
      store.audit.silences(),
      store.audit.coverage(),
      store.decisions.byIncident(incidentId),
      store.decisions.steps(incidentId),
      store.outbox.lastCard(incidentId),
    ],
  );
  const windows = changes.map(({ change }) => change);
  const from = Math.min(incident.openedAt, ...windows.map((change) => change.observedBefore));
  const to = Math.max(...windows.map((change) => change.observedAfter), from);
  const [users, serviceIssues] = await Promise.all([
    store.users.byIds([...new Set([...incident.userIds, ...actorIds(incident, changes)])]),
    store.audit.serviceIssues(from, to),
  ]);
  const partNumbers = new Map(tenant.skus.map((sku) => [sku.skuId, sku.partNumber]));
  return buildIncidentView({
    incident,
    changes,
    users,
    decisions,
    steps,
    card,
    tenant,
    coverage,
    auditingEnabled:
      auditing.state === 'off' || problems.some((problem) => problem.code === 'auditing-off')
        ? false
        : auditing.state === 'on' || null,
    troubles: [
      ...problems
        .filter(({ failures }) => failures >= FAILURES_THAT_COUNT)
        .map(({ source, since }) => ({ source, kind: 'failing' as const, since })),
      ...silences.map(({ source, since }) => ({ source, kind: 'silent' as const, since })),
    ],
    serviceIssues,
    now,
    sees,
    acts,
    productName: (skuId) => productName(skuId, partNumbers.get(skuId)),
    servicePlanName,
  });
}

/** Whoever is behind the incident or one of its changes. */
const actorIds = (incident: Incident, changes: readonly ExplainedChange[]): string[] =>
  [incident.actor, ...changes.map(({ verdict }) => verdict?.actor ?? null)].flatMap(
    (actor) => actor?.id ?? [],
  );
