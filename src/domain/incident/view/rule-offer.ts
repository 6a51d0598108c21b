import type { ChangeKind } from '../../license/change.ts';
import { ruleMatchOf } from '../../standing/rule-match.ts';
import type { Sight } from './sight.ts';

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
 * group LIC-Leavers". Null: no rule can be made of it, or it is over.
 */
export function ruleOffer({ facts, groupName }: Sight): string | null {
  const { incident, productName } = facts;
  const match = incident.status === 'open' ? ruleMatchOf(incident) : null;
  if (!match) return null;
  const by = match.actorId === null ? '' : ` by ${match.actorName ?? match.actorId}`;
  const from = match.groupId === null ? '' : ` from the group ${groupName(match.groupId)}`;
  const products = match.skuIds?.map(productName).join(', ') ?? '';
  return `${EVENTS[match.kind]}${by}${from}${products === '' ? '' : ` of ${products}`}`;
}
