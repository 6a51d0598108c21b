import { subjectOfKey } from '../../domain/delivery/card-key.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { productName } from '../../domain/license/catalogue.ts';
import type { OutboxItem } from '../../domain/ports.ts';
import { incidentLabels } from '../../domain/routing/incident-labels.ts';
import { type Labels, OWN_HEALTH } from '../../domain/routing/labels.ts';
import type { Route } from '../../domain/routing/route.ts';
import { asksForUnits, unitsNamed } from '../../domain/routing/units-named.ts';
import type { JobContext } from '../context.ts';

/** A message of our own about nothing in particular: something is wrong with the watch itself, or is right again. */
const ABOUT_US: Labels = { class: OWN_HEALTH, kind: 'notice', level: 'high', rule: 'license-watch' };

/** The labels by which a message is routed; null where its incident is not stored any more. */
export async function labelsOf(
  context: JobContext,
  message: OutboxItem['message'],
  root: Route,
): Promise<Labels | null> {
  switch (message.kind) {
    case 'incident': {
      const incident = await context.store.incidents.byId(message.incidentId);
      return incident && labelsOfIncident(context, incident, root);
    }
    case 'security':
      return labelsOfAlert(context, message.incidentId);
    case 'notice':
    case 'call':
      return message.about === undefined ? ABOUT_US : labelsOfKey(context, message.about, root);
    default:
      return ABOUT_US;
  }
}

/** The labels of what a card's key names: `incident:<id>`; null where it is not stored any more. */
export async function labelsOfKey(context: JobContext, key: string, root: Route): Promise<Labels | null> {
  const subject = subjectOfKey(key);
  if (subject?.kind === 'security') return labelsOfAlert(context, subject.id);
  if (subject?.kind !== 'incident') return ABOUT_US;
  const incident = await context.store.incidents.byId(subject.id);
  return incident && labelsOfIncident(context, incident, root);
}

/** An alert of detections has the labels of its firings, and what its rule says. */
async function labelsOfAlert({ store }: JobContext, id: string): Promise<Labels | null> {
  const alert = await store.security.byId(id);
  if (alert === null) return null;
  return {
    ...alert.labels,
    rule: [alert.rule, alert.ruleTitle],
    level: alert.level,
    ...(alert.class === null ? {} : { class: alert.class }),
    // A core service that is switched off has a card whatever its level.
    ...(alert.level === 'low' && alert.tellAt !== null ? { card: 'true' } : {}),
    ...(alert.flood ? { mass: 'true' } : {}),
  };
}

async function labelsOfIncident(
  { store, unitsOf }: JobContext,
  incident: Incident,
  root: Route,
): Promise<Labels> {
  const { actor, groupId } = incident;
  const [users, actors, { skus, groups }, units] = await Promise.all([
    store.users.byIds(incident.userIds),
    store.users.byIds(actor?.id ? [actor.id] : []),
    store.users.tenant(),
    asksForUnits(root) ? unitsOf(incident.userIds, unitsNamed(root)) : [],
  ]);
  const partNumbers = new Map(skus.map(({ skuId, partNumber }) => [skuId, partNumber]));
  return incidentLabels(incident, {
    users,
    actorNames: actors.flatMap(({ state }) => [state.userPrincipalName, state.displayName]),
    productNames: (skuId) => [partNumbers.get(skuId) ?? '', productName(skuId, partNumbers.get(skuId))],
    groupName: groups.find(({ id }) => id === groupId)?.displayName ?? null,
    units,
  });
}
