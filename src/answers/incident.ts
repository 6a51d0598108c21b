import { buildIncidentView } from '../domain/incident/build-view.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { IncidentView } from '../domain/incident/view.ts';
import { planName, productName } from '../domain/license/catalogue.ts';
import type { ExplainedChange, Store } from '../domain/ports.ts';

/**
 * Loads an incident and all that its card shows.
 * @returns null when there is no such incident
 */
export async function loadIncidentView(store: Store, incidentId: string): Promise<IncidentView | null> {
  const incident = await store.incidents.byId(incidentId);
  if (!incident) return null;
  const changes = await store.changes.byIds(incident.changeIds);
  const windows = changes.map(({ change }) => change);
  const from = Math.min(incident.openedAt, ...windows.map((change) => change.observedBefore));
  const to = Math.max(...windows.map((change) => change.observedAfter), from);
  const { groups, skus } = await store.users.tenant();
  const partNumbers = new Map(skus.map((sku) => [sku.skuId, sku.partNumber]));
  const problems = await store.audit.problems();
  const coverage = await store.audit.coverage();
  return buildIncidentView({
    incident,
    changes,
    users: await store.users.byIds([...new Set([...incident.userIds, ...actorIds(incident, changes)])]),
    decisions: await store.decisions.byIncident(incidentId),
    steps: await store.decisions.steps(incidentId),
    groups,
    coverage,
    auditingEnabled: problems.some((problem) => problem.code === 'auditing-off')
      ? false
      : coverage.some(({ source, completeTo }) => source === 'activity' && completeTo !== null) || null,
    serviceIssues: await store.audit.serviceIssues(from, to),
    productName: (skuId) => productName(skuId, partNumbers.get(skuId)),
    planName,
  });
}

/** Whoever is behind the incident or one of its changes. */
const actorIds = (incident: Incident, changes: readonly ExplainedChange[]): string[] =>
  [incident.actor, ...changes.map(({ verdict }) => verdict?.actor ?? null)].flatMap(
    (actor) => actor?.id ?? [],
  );
