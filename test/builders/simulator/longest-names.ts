import { productName, servicePlanName } from '../../../src/domain/license/catalogue.ts';
import { buildTenant } from '../../../src/simulator/scenarios/build-tenant.ts';
import { FORUM } from '../../../src/simulator/scenarios/forum.ts';
import { realProducts } from '../../../src/simulator/scenarios/products.ts';
import { aManualClock } from '../manual-clock.ts';

/** So many people have every given and every family name among them. */
const USERS = 5_000;

const longestWord = (text: string): number =>
  Math.max(...text.split(/\s|(?<=-)/).map(({ length }) => length));
const top = <Thing>(things: readonly Thing[], measure: (thing: Thing) => number, most: number): Thing[] =>
  things.toSorted((a, b) => measure(b) - measure(a)).slice(0, most);

const tenant = buildTenant(FORUM, { clock: aManualClock(), users: USERS });
const accounts = Array.from({ length: USERS }, (_, slot) => tenant.directory.at(slot)).flatMap((one) =>
  one === null ? [] : [{ name: one.displayName, address: one.userPrincipalName }],
);
const products = FORUM.purchases.flatMap(({ sku }) => {
  const product = realProducts().find(sku);
  return product === null ? [] : [{ ...product, name: productName(product.skuId, product.partNumber) }];
});
const plans = products.flatMap(({ plans: of }) => of.map(({ id }) => ({ id, name: servicePlanName(id) })));

/** Of an address, the longest piece that a line has to keep whole. */
const longestPart = (address: string): number =>
  Math.max(...address.split(/[.@_-]/).map(({ length }) => length));
/** A longer piece is wider than a line of a card on a phone, and nothing could keep it whole in a sentence. */
const WIDEST_PART = 24;

/** What is longest in the simulated tenant: as a whole, by its longest word, and of those by address. */
export const LONGEST = {
  people: [
    ...new Set([
      ...top(accounts, ({ name }) => name.length, 3),
      ...top(accounts, ({ name }) => longestWord(name), 3),
      ...top(accounts, ({ address }) => address.length, 2),
    ]),
  ],
  /** Of the addresses that can be whole in a sentence. */
  address:
    top(
      accounts.filter(({ address }) => longestPart(address) <= WIDEST_PART),
      ({ address }) => address.length,
      1,
    )[0]?.address ?? '',
  groups: top(
    tenant.groups.all().map(({ displayName }) => displayName),
    ({ length }) => length,
    3,
  ),
  products: [
    ...new Set([
      ...top(products, ({ name }) => name.length, 2),
      ...top(products, ({ name }) => longestWord(name), 2),
    ]),
  ],
  plans: [
    ...new Set([
      ...top(plans, ({ name }) => name.length, 2),
      ...top(plans, ({ name }) => longestWord(name), 3),
    ]),
  ],
  departments: top(
    [...new Set(FORUM.people.map(({ department }) => department ?? ''))],
    ({ length }) => length,
    2,
  ),
};
