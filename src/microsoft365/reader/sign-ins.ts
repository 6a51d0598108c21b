import { TenantReadError } from '../../domain/ports.ts';
import type { SignIn } from '../../domain/spend/sign-in.ts';
import { GraphSignIn, SIGN_IN_PROPERTIES, toSignIn } from '../bodies/sign-in-activity.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { type Listing, pages } from '../graph/paging.ts';
import { rowReader } from '../graph/row.ts';
import { OPERATIONS } from '../operations.ts';

/** The largest page with `signInActivity` (Graph, "List users"); a tenant that still gives 120 cuts it by itself. */
const PAGE_SIZE = 500;

const readRow = rowReader('user', GraphSignIn, toSignIn);

/**
 * When each account was last used, page by page. `graph` must go through a door that keeps REPORT_PACE: Microsoft
 * counts these requests as audit reports. It needs AuditLog.Read.All beside User.Read.All, and a tenant
 * with Entra ID P1. When a page link expires on the way the listing starts again from the first page, once, so
 * that a user can come twice. Throws TenantReadError.
 */
export async function* readSignIns(graph: GraphClient, signal: AbortSignal): AsyncGenerator<SignIn[]> {
  const listing: Listing = {
    graph,
    first: () =>
      graph
        .api('/users')
        .select([...SIGN_IN_PROPERTIES])
        .top(PAGE_SIZE),
    operation: OPERATIONS.signIns,
    signal,
  };
  try {
    yield* signInPages(listing);
  } catch (error) {
    if (!(error instanceof TenantReadError) || error.code !== 'expired-page') throw error;
    yield* signInPages(listing);
  }
}

async function* signInPages(listing: Listing): AsyncGenerator<SignIn[]> {
  for await (const page of pages(listing)) yield page.value.map(readRow);
}
