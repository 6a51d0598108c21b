import type { Incident } from '../incident/incident.ts';
import type { SuppressionRule } from './suppression.ts';

/**
 * What a rule made from this incident would expect from then on, by labels only; null where the incident has
 * neither an actor nor a group that a later change could be recognised by.
 */
export function ruleMatchOf(
  incident: Pick<Incident, 'kind' | 'cause' | 'actor' | 'groupId' | 'skuIds'>,
): SuppressionRule['match'] | null {
  const { kind, cause, actor, groupId, skuIds } = incident;
  const actorId = actor?.kind === 'system' ? null : (actor?.id ?? null);
  if (actorId === null && groupId === null) return null;
  return {
    kind,
    cause,
    actorId,
    actorName: actorId === null ? null : (actor?.name ?? null),
    groupId,
    // The person who takes people out of a group takes all that it gives, whatever that is by then.
    skuIds: groupId === null ? [...skuIds] : null,
  };
}

/** A rule that was made from few users does not cover many: twice as many as then, and at least ten. */
export const maxUsersOf = (incident: Pick<Incident, 'userIds'>): number =>
  Math.max(10, incident.userIds.length * 2);
