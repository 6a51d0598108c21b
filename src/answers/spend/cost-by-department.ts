import { count, numeral } from '../../domain/numerals.ts';
import { addToDepartment, type DepartmentCost, type Money } from '../../domain/spend/cost.ts';
import type { Price } from '../../domain/spend/price-list.ts';
import type { Query } from '../../language/query.ts';
import type { AnswerBlock } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { table, text } from '../answer/make-answer.ts';
import { createKept } from '../scope/kept.ts';
import { sumText } from './money.ts';

/**
 * What the licenses of each department's people cost in a month, of whomever the asker may see.
 * @param all what the tenant pays for the same products
 */
export async function departmentCosts(
  { skus }: Query,
  prices: ReadonlyMap<string, Price>,
  all: Money,
  { store }: AnswerDeps,
): Promise<{ lead: string; blocks: AnswerBlock[] }> {
  const counted = skus.length === 0 ? prices : new Map([...prices].filter(([skuId]) => skus.includes(skuId)));
  const departments = await kept.of(store, [...counted], () => addUp(store, counted));
  const sorted = [...departments].toSorted(([, a], [, b]) => sumOf(b.money) - sumOf(a.money));
  const [top] = sorted;
  if (!top) return { lead: 'Nobody has a license that has a price.', blocks: [] };
  const named = sorted.filter(([department]) => department !== null).length;
  return {
    lead: `${count(named, 'department')}; the most is ${sumText(top[1].money)} a month, ${top[0] === null ? 'for people without a department' : `for ${top[0]}`}.`,
    blocks: [
      ...table(
        ['Department', 'People', 'Licenses', 'A month'],
        sorted.map(([department, { users, licenses, money }]) => [
          department ?? 'no department',
          numeral(users),
          numeral(licenses),
          sumText(money),
        ]),
      ),
      ...text(
        `Licenses that people have, at the price of a seat. All seats together cost ${sumText(all)} a month; those that nobody has are in no department.`,
      ),
    ],
  };
}

type Departments = ReadonlyMap<string | null, DepartmentCost>;

const MAX_KEPT = 10_000;
const kept = createKept<Departments>(({ size }) => size <= MAX_KEPT);

async function addUp(store: AnswerDeps['store'], counted: ReadonlyMap<string, Price>): Promise<Departments> {
  const departments = new Map<string | null, DepartmentCost>();
  for await (const chunk of store.users.all()) {
    for (const { state, removedAt } of chunk) {
      if (removedAt === null) addToDepartment(departments, state, counted);
    }
  }
  return departments;
}

/** For the order only: sums of different currencies say nothing else. */
const sumOf = (money: Money): number => [...money.values()].reduce((sum, amount) => sum + amount, 0);
