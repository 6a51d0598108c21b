import type { TenantState } from '../../../src/domain/license/sku.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';
import { LONGEST } from '../../builders/simulator/longest-names.ts';
import { anEmptyStore } from '../../builders/storage/store-in-memory.ts';
import { at, completeTo, GROUP, rickLost, scanned, TENANT } from './a-watched-tenant.ts';

const sku = (index: number) => LONGEST.products[index % LONGEST.products.length]?.skuId ?? '';
const plan = (index: number) => LONGEST.plans[index % LONGEST.plans.length]?.id ?? '';

const PEOPLE = LONGEST.people.map(({ name, address }, index) =>
  aUserState({
    id: `person-${index}`,
    displayName: name,
    givenName: name.split(' ')[0] ?? null,
    surname: name.split(' ').slice(1).join(' '),
    userPrincipalName: address,
    userType: index % 2 === 1 ? 'Guest' : 'Member',
    department: LONGEST.departments[index % LONGEST.departments.length] ?? null,
    assignments: [
      anAssignment({ skuId: sku(0), disabledPlans: LONGEST.plans.map(({ id }) => id) }),
      anAssignment({ skuId: sku(1), path: GROUP }),
      anAssignment({ skuId: sku(1) }),
      anAssignment({ skuId: sku(2), path: GROUP, state: 'Error', error: 'CountViolation' }),
    ],
  }),
);

const NAMED: TenantState = {
  ...TENANT,
  skus: LONGEST.products.map(({ skuId, partNumber }, index) =>
    aSkuState({ skuId, partNumber, enabled: 12_345, consumed: 12_340 + 10 * index, planIds: [plan(index)] }),
  ),
  subscriptions: TENANT.subscriptions.map((one) => ({
    ...one,
    skuId: sku(0),
    partNumber: LONGEST.products[0]?.partNumber ?? '',
  })),
  groups: TENANT.groups.map((one) => ({ ...one, displayName: LONGEST.groups[0] ?? '' })),
};

/** Somebody with the longest name of all. */
export const LONG_NAME = PEOPLE[0]?.displayName ?? '';

/** As `aWatchedTenant`, with the longest names of the simulated tenant: the first product went from everybody. */
export async function aTenantOfLongNames(): Promise<Store> {
  const store = await anEmptyStore();
  await scanned(store, PEOPLE, at('20T08:00'), [], NAMED);
  const lost = PEOPLE.map((person, index) =>
    rickLost({
      id: `change-${index}`,
      userId: person.id,
      skuId: sku(0),
      before: person.assignments,
      user: {
        displayName: person.displayName,
        userPrincipalName: person.userPrincipalName,
        usageLocationBefore: 'NL',
        usageLocationAfter: 'NL',
        onPremisesSyncEnabled: null,
        accountEnabled: true,
      },
    }),
  );
  const left = PEOPLE.map((person) => ({
    ...person,
    assignments: person.assignments.filter(({ skuId }) => skuId !== sku(0)),
  }));
  await scanned(store, left, at('23T10:20'), lost, NAMED);
  await completeTo(store, 'directoryAudits', at('23T10:25'));
  await completeTo(store, 'activity', at('23T09:40'));
  return store;
}
