import type { UserState } from '../../domain/license/user-state.ts';
import { TenantReadError, type UserPage } from '../../domain/ports.ts';
import { USER_PROPERTIES } from '../bodies/user.ts';
import { readUserRow } from '../bodies/user-row.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { type PageHead, pageHead } from '../graph/page-head.ts';
import { pageRows } from '../graph/page-rows.ts';
import { type Listing, Page, walk } from '../graph/paging.ts';
import type { ExchangeAnswer } from '../http/exchange.ts';
import { readJson } from '../http/json-answer.ts';
import { OPERATIONS } from '../operations.ts';

/** The largest page that Graph gives (`$top` is 1 to 999). */
const PAGE_SIZE = 999;

/**
 * All users, page by page. When a page link expires on the way the listing starts again from the first page,
 * once, so that a user can come twice. Throws TenantReadError.
 */
export async function* readUsers(graph: GraphClient, signal: AbortSignal): AsyncGenerator<UserPage> {
  const listing: Listing = {
    graph,
    first: () =>
      graph
        .api('/users')
        .select([...USER_PROPERTIES])
        .top(PAGE_SIZE),
    operation: OPERATIONS.listUsers,
    signal,
  };
  try {
    yield* userPages(listing);
  } catch (error) {
    if (!(error instanceof TenantReadError) || error.code !== 'expired-page') throw error;
    yield* userPages(listing);
  }
}

const userPages = (listing: Listing): AsyncGenerator<UserPage> =>
  walk(listing, (answer) => {
    const head = pageHead(answer);
    if (head === null) return wholePage(answer);
    const users = (): UserState[] => usersOn(answer, head);
    return { page: { digest: head.digest, users }, next: head.next };
  });

/** A page that is not of the shape that its head tells of. */
function wholePage(answer: ExchangeAnswer): { page: UserPage; next: string | undefined } {
  const page = readJson(answer, Page, OPERATIONS.listUsers);
  const users = page.value.map(readUserRow);
  return { page: { digest: null, users: () => users }, next: page['@odata.nextLink'] };
}

function usersOn(answer: ExchangeAnswer, { next, rowsBegin }: PageHead): UserState[] {
  const users = answer.bytes ? pageRows(answer.bytes, rowsBegin, readUserRow) : null;
  if (users !== null) return users;
  const page = readJson(answer, Page, OPERATIONS.listUsers);
  if (page['@odata.nextLink'] === next) return page.value.map(readUserRow);
  throw new TenantReadError('malformed', 'A page of users names two next pages.');
}
