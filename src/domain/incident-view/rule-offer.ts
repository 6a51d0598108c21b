import { actorName } from '../attribution/actor-text.ts';
import type { ChangeKind } from '../license/change.ts';
import { numeral } from '../numerals.ts';
import { maxUsersOf, ruleMatchOf } from '../suppression/rule-match.ts';
import { asKnown } from './actor.ts';
import type { ViewContext } from './context.ts';

const EVENTS: Readonly<Record<ChangeKind, string>> = {
  lost: 'Removals',
  gained: 'Assignments',
  swap: 'Swaps',
  'path-changed': 'Changes of the path',
  'plans-changed': 'Changes of service plans',
  'never-granted': 'Licenses that do not arrive',
  'account-removed': 'Deletions of accounts',
  'account-restored': 'Restores of accounts',
  'subscription-changed': 'Changes of the subscription',
  'seats-changed': 'Changes of the seats',
};

/**
 * Which changes a rule made from this incident would expect from then on: "Removals by Leaver runbook from the
 * group LIC-Leavers, up to 10 users at once". Null: no rule can be made of it, or it is over.
 */
export function ruleOffer(context: ViewContext): string | null {
  const { incident, productName } = context.facts;
  const match = incident.status === 'open' ? ruleMatchOf(incident) : null;
  if (!match) return null;
  const by = match.actorId === null ? '' : ` by ${actorName(asKnown(incident.actor, context))}`;
  const from = match.groupId === null ? '' : ` from the group ${context.groupName(match.groupId)}`;
  const products = match.skuIds?.map(productName).join(', ') ?? '';
  const of = products === '' ? '' : ` of ${products}`;
  return `${EVENTS[match.kind]}${by}${from}${of}, up to ${numeral(maxUsersOf(incident))} users at a time`;
}
