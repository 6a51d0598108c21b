import { planNamesIn, plansBySku } from '../../domain/license/plan-services.ts';
import { DIRECT, gives } from '../../domain/license/user-state.ts';
import { count, plural } from '../../domain/numerals.ts';
import { addOnOf, looseAddOns } from '../../domain/usage/add-ons.ts';
import { plansOn } from '../../domain/usage/no-activity.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, text } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { createKept } from '../scope/kept.ts';
import { stateRead } from '../words/completeness.ts';
import { namesIn } from '../words/names.ts';

/** As many holders of add-ons are looked at one by one. */
const MAX_LOOKED_AT = 5_000;
const USERS_AT_ONCE = 500;
const MAX_REMOVALS = 3;

type Row = { name: string; upn: string; skuId: string; needs: string; direct: boolean };
const kept = createKept<{ rows: Row[]; isAll: boolean }>(() => true);

/** Add-ons whose holders lack what the add-on needs to work: a phone system without Teams, a calling plan without that. */
export async function addOns(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const tenant = await store.users.tenant();
  const names = namesIn(tenant);
  const products = tenant.skus.filter(
    ({ skuId, partNumber }) =>
      addOnOf(partNumber) !== null && (query.skus.length === 0 || query.skus.includes(skuId)),
  );
  const rest = {
    completeUntil: await stateRead(store, deps),
    next: ['duplicate licenses', 'unused licenses'],
  };
  if (products.length === 0) {
    return makeAnswer('add-ons', 'This tenant has no add-on of which I know what it needs.', rest);
  }
  const skuIds = products.map(({ skuId }) => skuId);
  const { rows, isAll } = await kept.of(store, [skuIds, query.people], async () => {
    const bySku = plansBySku(tenant.skus);
    const planNames = planNamesIn(tenant.skus);
    const partNumbers = new Map(tenant.skus.map((sku) => [sku.skuId, sku.partNumber]));
    const found: Row[] = [];
    const filter = {
      kind: 'holders',
      skuIds,
      ...(query.people.length > 0 ? { among: query.people } : {}),
    } as const;
    for (let skip = 0; ; skip += USERS_AT_ONCE) {
      const { users, total } = await store.users.find(filter, { skip, take: USERS_AT_ONCE });
      for (const { state } of users) {
        const loose = looseAddOns(state, {
          partNumber: (skuId) => partNumbers.get(skuId) ?? '',
          plansOf: (user, skuId) => plansOn(user, skuId, bySku).map(planNames.code),
        });
        for (const { skuId, needs } of loose) {
          if (!skuIds.includes(skuId)) continue;
          const paths = state.assignments.filter((one) => one.skuId === skuId && gives(one));
          found.push({
            name: state.displayName,
            upn: state.userPrincipalName,
            skuId,
            needs,
            direct: paths.every(({ path }) => path === DIRECT),
          });
        }
      }
      if (skip + USERS_AT_ONCE >= Math.min(total, MAX_LOOKED_AT)) {
        return { rows: found, isAll: total <= MAX_LOOKED_AT };
      }
    }
  });
  const page = pageOf(rows, query, deps);
  return makeAnswer(
    'add-ons',
    rows.length === 0
      ? `Each ${isAll ? '' : 'that I looked at '}of the add-ons has what it needs.`
      : `${isAll ? '' : 'At least '}${count(rows.length, 'add-on')} ${plural(rows.length, 'lacks', 'lack')} what ${plural(rows.length, 'it needs', 'they need')}.`,
    {
      blocks: [
        ...pageTable(
          ['User', 'Sign-in name', 'Add-on', 'Needs'],
          page.shown.map(({ name, upn, skuId, needs }) => [name, upn, names.product(skuId), needs]),
        ),
        ...text(
          rows.length === 0
            ? null
            : 'It takes a seat, and Microsoft gives its service only beside the product that it needs.',
        ),
      ],
      ...rest,
      next: [
        ...page.shown
          .filter(({ direct }) => direct)
          .slice(0, MAX_REMOVALS)
          .map(({ upn, skuId }) => `remove ${names.product(skuId)} from ${upn}`),
        ...rest.next,
      ],
      ...page.rest,
    },
  );
}
