import { isFlapping } from '../incident/flapping.ts';
import { numeral } from '../numerals.ts';
import type { ViewContext } from './context.ts';
import { flappingTitle, halfSwapTitle, incidentTitle, restoredTitle } from './wording.ts';

/**
 * The first line of the card. Of users that the viewer may not see it tells the number only:
 * "5 users lost Microsoft 365 E3 (2 of them yours)".
 */
export function titleOf(context: ViewContext): string {
  const { userIds, hidden } = context;
  const title = wholeTitle(context);
  return hidden.size > 0 && userIds.length > 0
    ? `${title} (${numeral(userIds.length)} of them yours)`
    : title;
}

/** The first line of the card of an incident that is over. */
export const restoredTitleOf = ({ facts, userIds, hidden, nameOf }: ViewContext): string =>
  restoredTitle(
    facts.incident,
    userIds.map(nameOf),
    facts.incident.skuIds.map(facts.productName),
    hidden.size,
  );

/** A license that goes and comes, and a swap that stopped half-way, are told as what they are. */
function wholeTitle({ facts, userIds, hidden, nameOf }: ViewContext): string {
  const { incident, changes, productName } = facts;
  const names = userIds.map(nameOf);
  const products = incident.skuIds.map(productName);
  if (isFlapping(incident)) return flappingTitle(incident, names, products, hidden.size);
  const missing = changes.map(({ verdict }) => verdict?.missingSkuId);
  const [first] = missing;
  if (first !== undefined && missing.every((skuId) => skuId === first)) {
    return halfSwapTitle(names, products, productName(first), hidden.size);
  }
  const subscription = changes.findLast(({ change }) => change.kind === 'subscription-changed')?.change;
  return incidentTitle(
    incident,
    names,
    products,
    subscription?.skuAfter?.capabilityStatus ?? null,
    hidden.size,
  );
}
