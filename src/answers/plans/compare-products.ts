import { listed } from '../../domain/english.ts';
import { compareNames } from '../../domain/license/user-filter.ts';
import { count, numeral } from '../../domain/numerals.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, text } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { stateRead } from '../words/completeness.ts';
import type { PlanFacts } from './plan-facts.ts';

/** "Difference between E3 and E5": what only one of them has, both ways; of more products, which has what. */
export async function compareProducts(query: Query, deps: AnswerDeps, facts: PlanFacts): Promise<Answer> {
  const { names, planNames, bySku, tenant } = facts;
  const skuIds = [...new Set((query.sides ?? []).flat())];
  const has = (skuId: string, planId: string): boolean => bySku.get(skuId)?.includes(planId) ?? false;
  const all = [...new Set(skuIds.flatMap((skuId) => bySku.get(skuId) ?? []))];
  const rows = all
    .map((planId) => ({ planId, inIt: skuIds.filter((skuId) => has(skuId, planId)) }))
    .filter(({ inIt }) => inIt.length < skuIds.length)
    .toSorted(
      (a, b) =>
        skuIds.indexOf(a.inIt[0] ?? '') - skuIds.indexOf(b.inIt[0] ?? '') ||
        compareNames(planNames.name(a.planId), planNames.name(b.planId)),
    );
  const { shown, rest } = pageOf(rows, query, deps);
  const same = all.length - rows.length;
  const partOf = (skuId: string): string =>
    tenant.skus.find((sku) => sku.skuId === skuId)?.partNumber ?? names.product(skuId);
  return makeAnswer('plans', leadOf(skuIds, rows, same, facts), {
    blocks: [
      ...text(severalByOneName(query, facts)),
      ...pageTable(
        ['Service plan', 'Only in', 'Microsoft’s name'],
        shown.map(({ planId, inIt }) => [
          planNames.name(planId),
          listed(inIt.map(names.product)),
          planNames.code(planId),
        ]),
      ),
    ],
    completeUntil: await stateRead(deps.store, deps),
    next: pairsOf(query)
      .map(([one, other]) => `difference between ${partOf(one)} and ${partOf(other)}`)
      .concat(skuIds.slice(0, 2).map((id) => `what is in ${partOf(id)}`))
      .slice(0, 3),
    ...rest,
  });
}

function leadOf(
  skuIds: readonly string[],
  rows: readonly { inIt: string[] }[],
  same: number,
  { names, bySku }: PlanFacts,
): string {
  const silent = skuIds.filter((skuId) => (bySku.get(skuId) ?? []).length === 0);
  if (silent.length > 0) {
    return `I cannot compare them: Microsoft tells no service plans of ${listed(silent.map(names.product))}.`;
  }
  const [one = '', other = ''] = skuIds;
  if (skuIds.length > 2) {
    return `${count(same, 'service plan')} ${same === 1 ? 'is' : 'are'} in all of ${listed(skuIds.map(names.product))}; ${numeral(rows.length)} ${rows.length === 1 ? 'is' : 'are'} not.`;
  }
  const only = (skuId: string): number => rows.filter(({ inIt }) => inIt.includes(skuId)).length;
  if (rows.length === 0)
    return `${names.product(one)} and ${names.product(other)} contain the same ${count(same, 'service plan')}.`;
  return `${names.product(one)} has ${count(only(one), 'service plan')} that ${names.product(other)} does not have, and ${names.product(other)} has ${numeral(only(other))} that ${names.product(one)} does not have; ${numeral(same)} ${same === 1 ? 'is' : 'are'} in both.`;
}

/** A name that several products of this tenant go by is told, so that the right two can be compared. */
function severalByOneName({ sides: together = [] }: Query, { names }: PlanFacts): string | null {
  const several = together.filter((side) => side.length > 1);
  return several.length === 0
    ? null
    : `${several.map((side) => `One of the names fits ${listed(side.map(names.product))}.`).join(' ')} Name two exactly to compare only those.`;
}

/** The pairs that may be meant, where a name fits several products. */
function pairsOf({ sides: together = [] }: Query): [string, string][] {
  const [one = [], other = []] = together;
  if (one.length <= 1 && other.length <= 1) return [];
  return one.flatMap((a) => other.filter((b) => a !== b).map((b): [string, string] => [a, b]));
}
