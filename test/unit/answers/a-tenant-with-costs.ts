import { NOTHING_TOLD, type SpendFacts } from '../../../src/answers/answer/spend-facts.ts';
import { createAskWithQuery } from '../../../src/answers/ask.ts';
import type { Scope } from '../../../src/domain/access/scope.ts';
import { DAY_MS } from '../../../src/domain/durations.ts';
import type { TenantState } from '../../../src/domain/license/sku.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { parsePriceList } from '../../../src/domain/spend/price-list.ts';
import type { SignIn } from '../../../src/domain/spend/sign-in.ts';
import { aSignIn } from '../../builders/audit/sign-in.ts';
import { aScanRecord } from '../../builders/jobs/scan-record.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { aSubscription } from '../../builders/license/subscription.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';
import { anEmptyStore } from '../../builders/storage/store-in-memory.ts';
import { at, E3, NOW, VISIO } from './a-watched-tenant.ts';

const GROUP = 'e86bf57d-8491-5a85-947d-11c48517a431';
const FLOW_FREE = 'f30db892-07e9-47e9-837c-80727f46fd3d';
const POWER_BI = 'f8a1db68-be16-40ed-86d5-cb42ce701560';
const SIGN_INS_READ_AT = at('23T02:40');

/** Who holds what, and how many days before the last read they signed in; null for never. */
const PEOPLE = [
  { name: 'Lee Gu', department: 'Sales', skuId: VISIO, path: 'direct', days: 140 },
  { name: 'Adele Vance', department: 'Sales', skuId: E3, path: 'direct', days: 1 },
  { name: 'Grady Archie', department: 'R&D', skuId: E3, path: GROUP, days: 200 },
  { name: 'Li Intern', department: null, skuId: E3, path: 'direct', days: null },
  { name: 'Jan Former', department: 'Sales', skuId: E3, path: 'direct', days: 210 },
  { name: 'Conf Room Stevens', department: null, skuId: E3, path: 'direct', days: null },
  { name: 'Break-glass One', department: null, skuId: E3, path: 'direct', days: 300 },
  { name: 'Will Power', department: 'HR', skuId: FLOW_FREE, path: 'direct', days: null },
] as const;

const idOf = (name: string): string => name.toLowerCase().replaceAll(' ', '-');

const STATE: TenantState = {
  skus: [
    aSkuState({ skuId: E3, partNumber: 'SPE_E3', enabled: 10, consumed: 6 }),
    aSkuState({ skuId: VISIO, partNumber: 'VISIOCLIENT', enabled: 25, consumed: 1 }),
    aSkuState({ skuId: POWER_BI, partNumber: 'POWER_BI_PRO', enabled: 0, suspended: 5, consumed: 2 }),
    aSkuState({ skuId: FLOW_FREE, partNumber: 'FLOW_FREE', enabled: 10_000, consumed: 1 }),
    aSkuState({ skuId: 'server', partNumber: 'WACONEDRIVEENTERPRISE', appliesTo: 'Company', consumed: 0 }),
  ],
  subscriptions: [
    aSubscription({ id: 's1', skuId: E3, totalLicenses: 8, nextLifecycleAt: NOW + 10 * DAY_MS }),
    aSubscription({ id: 's2', skuId: E3, totalLicenses: 2, nextLifecycleAt: NOW + 200 * DAY_MS }),
    aSubscription({
      id: 's3',
      skuId: VISIO,
      totalLicenses: 24,
      isTrial: true,
      nextLifecycleAt: NOW + 20 * DAY_MS,
    }),
    aSubscription({
      id: 's4',
      skuId: POWER_BI,
      totalLicenses: 5,
      status: 'Suspended',
      nextLifecycleAt: NOW + 80 * DAY_MS,
    }),
    aSubscription({ id: 's5', skuId: FLOW_FREE, partNumber: 'FLOW_FREE', nextLifecycleAt: NOW + 5 * DAY_MS }),
  ],
  groups: [],
};

/** A tenant of eight, whose sign-ins were read this morning. */
export async function aTenantWithCosts(): Promise<Store> {
  const store = await anEmptyStore();
  const session = await store.scans.begin('scan');
  await session.stage(
    PEOPLE.map(({ name, department, skuId, path }) =>
      aUserState({
        id: idOf(name),
        displayName: name,
        department,
        accountEnabled: name !== 'Jan Former',
        assignments: [anAssignment({ skuId, path })],
      }),
    ),
  );
  const record = aScanRecord({ id: 'scan', finishedAt: at('23T10:20'), usersRead: PEOPLE.length });
  await session.commit({ record, changes: [], settle: [], tenant: STATE, deltaLink: null });
  return store;
}

/** Stores when they all signed in. */
export async function signInsRead(store: Store, over: Partial<SignIn> = {}): Promise<void> {
  const read = await store.signIns.begin();
  await read.add(
    PEOPLE.map(({ name, days }) =>
      aSignIn({
        userId: idOf(name),
        successfulAt: days === null ? null : SIGN_INS_READ_AT - days * DAY_MS,
        ...over,
      }),
    ),
  );
  await read.commit(SIGN_INS_READ_AT);
}

/** What is told when this is the price list. */
export const pricesOf = (csv: string): SpendFacts => ({
  ...NOTHING_TOLD,
  prices: async () => parsePriceList(csv),
});

/** The answer to a sentence, of somebody who may see these users. */
export const answerTo = async (
  store: Store,
  text: string,
  told: Partial<SpendFacts> = {},
  sees: Scope = null,
) => {
  const ask = createAskWithQuery({
    store,
    now: () => NOW,
    timeZone: 'UTC',
    incidentView: async () => null,
    spend: { ...NOTHING_TOLD, ...told },
  });
  return (await ask(text, { userId: null, timeZone: null, sees, acts: sees })).answer;
};
