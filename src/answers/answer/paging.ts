import type { UserFilter } from '../../domain/license/user-filter.ts';
import { numeral } from '../../domain/numerals.ts';
import type { Part, UsersFound } from '../../domain/ports.ts';
import type { Query } from '../../language/query.ts';
import type { AnswerDeps } from './deps.ts';
import type { PageWanted } from './page-wanted.ts';

/** As many rows as one looks through in a chat. */
export const FIRST_PAGE: PageWanted = { number: 1, size: 20 };

/**
 * One page of a list that has more. Numbers count from 1. The query and the sentence make the other pages: the
 * query, so that "this week" means the same on each of them, and nobody asked in between changes what "him" means.
 */
export type Paging = { page: number; pages: number; size: number; total: number; query: Query; text: string };

/** What is shown of a list; `paging` is absent when that is all of it. */
export type Page<Item> = { shown: Item[]; total: number; rest: { paging?: Paging } };

/** The wanted page of a list that is at hand. A page that is no longer there is the last one. */
export function pageOf<Item>(items: readonly Item[], query: Query, deps: AnswerDeps): Page<Item> {
  const { skip, take } = partOf(items.length, deps.page);
  return {
    shown: items.slice(skip, skip + take),
    total: items.length,
    rest: restOf(items.length, query, deps),
  };
}

/** The wanted page of the users that a filter takes in; nobody else is loaded. */
export async function pageOfUsers(
  filter: UserFilter,
  query: Query,
  deps: AnswerDeps,
): Promise<Page<UsersFound['users'][number]>> {
  const { store, page } = deps;
  const wanted: Part = { skip: (page.number - 1) * page.size, take: page.size };
  const found = await store.users.find(filter, wanted);
  const { total } = found;
  const isPast = found.users.length === 0 && total > 0;
  const { users } = isPast ? await store.users.find(filter, partOf(total, page)) : found;
  return { shown: users, total, rest: restOf(total, query, deps) };
}

/** How much of a list of this length is left out before the page, and how long the page is. */
function partOf(total: number, { number, size }: PageWanted): Part {
  const page = Math.min(Math.max(number, 1), Math.max(Math.ceil(total / size), 1));
  return { skip: (page - 1) * size, take: size };
}

function restOf(total: number, query: Query, { page, text }: AnswerDeps): { paging?: Paging } {
  const { size } = page;
  const pages = Math.ceil(total / size);
  const { skip } = partOf(total, page);
  return pages < 2 ? {} : { paging: { page: skip / size + 1, pages, size, total, query, text } };
}

/** "21–40 of 312" */
export const pagingText = ({ page, size, total }: Paging): string =>
  `${numeral((page - 1) * size + 1)}–${numeral(Math.min(page * size, total))} of ${numeral(total)}`;
