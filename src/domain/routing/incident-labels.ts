import type { Incident } from '../incident/incident.ts';
import { MANY_USERS } from '../incident/severity.ts';
import type { StoredUser } from '../license/stored-user.ts';
import type { Labels } from './labels.ts';

/** What routes may ask of an incident beside what it says itself. */
export type IncidentLabelFacts = {
  users: readonly Pick<StoredUser, 'state'>[];
  /** What a product is called: its part number and name. */
  productNames(skuId: string): readonly string[];
  /** Sign-in name and name of the person who acted, where they are known. */
  actorNames: readonly string[];
  /** What its group is called; null where that is not known. */
  groupName: string | null;
  /** Ids and names of administrative units with one of its users. */
  units: readonly string[];
};

/** The labels of a license incident. */
export function incidentLabels(incident: Incident, facts: IncidentLabelFacts): Labels {
  const { kind, cause, severity, actor, groupId, userIds, skuIds, watched } = incident;
  const states = facts.users.map(({ state }) => state);
  return {
    rule: `license:${kind}`,
    class: 'licensing',
    level: severity,
    kind,
    cause,
    actor: texts([actor?.id, actor?.appId, actor?.name, ...facts.actorNames]),
    target: texts([
      ...userIds,
      ...states.flatMap(({ userPrincipalName, displayName }) => [userPrincipalName, displayName]),
    ]),
    department: texts(states.map(({ department }) => department)),
    sku: texts(skuIds.flatMap((skuId) => [skuId, ...facts.productNames(skuId)])),
    group: texts([groupId, facts.groupName]),
    unit: texts(facts.units),
    ...(watched ? { watched: 'true' } : {}),
    ...(userIds.length >= MANY_USERS ? { mass: 'true' } : {}),
  };
}

const texts = (all: readonly (string | null | undefined)[]): string[] => [
  ...new Set(all.filter((one): one is string => one != null && one !== '')),
];
