import type { UserState } from '../../domain/license/user-state.ts';
import { TenantReadError } from '../../domain/ports.ts';
import { USER_PROPERTIES } from '../bodies/user.ts';
import { readUserRow } from '../bodies/user-row.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { type Listing, pages } from '../graph/paging.ts';
import { OPERATIONS } from '../operations.ts';

/** The largest page that Graph gives (`$top` is 1 to 999). */
const PAGE_SIZE = 999;

/**
 * All users, page by page. When a page link expires on the way the listing starts again from the first page,
 * once, so that a user can come twice. Throws TenantReadError.
 */
export async function* readUsers(graph: GraphClient, signal: AbortSignal): AsyncGenerator<UserState[]> {
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

async function* userPages(listing: Listing): AsyncGenerator<UserState[]> {
  for await (const page of pages(listing)) yield page.value.map(readUserRow);
}
