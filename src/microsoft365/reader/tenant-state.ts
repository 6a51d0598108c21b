import type { LicensedGroup, TenantRead } from '../../domain/license/sku.ts';
import { TenantReadError } from '../../domain/ports.ts';
import { GraphCompanySubscription, toSubscriptionState } from '../bodies/company-subscription.ts';
import { GROUP_PROPERTIES, GraphGroup, toLicensedGroup } from '../bodies/group.ts';
import { GraphSubscribedSku, toSkuState } from '../bodies/subscribed-sku.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { readAll } from '../graph/paging.ts';
import { lenientRowReader, rowReader, withoutOdd } from '../graph/row.ts';
import { OPERATIONS } from '../operations.ts';

const readSku = rowReader('product', GraphSubscribedSku, toSkuState);
const readSubscription = lenientRowReader('subscription', GraphCompanySubscription, toSubscriptionState);
const readGroup = rowReader('group', GraphGroup, toLicensedGroup);

const GROUPS_PAGE_SIZE = 999;

/**
 * The tenant's products, subscriptions and licensed groups. A subscription of another form than documented is
 * left out: `skuId` and `status` are plain strings in Microsoft's metadata, so they can be null. Throws TenantReadError.
 */
export async function readTenantState(graph: GraphClient, signal: AbortSignal): Promise<TenantRead> {
  const [skus, subscriptions, groups] = await Promise.all([
    readAll(
      { graph, first: () => graph.api('/subscribedSkus'), operation: OPERATIONS.subscribedSkus, signal },
      readSku,
    ),
    readAll(
      {
        graph,
        first: () => graph.api('/directory/subscriptions'),
        operation: OPERATIONS.subscriptions,
        signal,
      },
      readSubscription,
    ),
    readLicensedGroups(graph, signal),
  ]);
  const { rows, leftOut } = withoutOdd(subscriptions);
  return { skus, subscriptions: rows, groups, leftOut };
}

/**
 * The groups that give licenses. Only an advanced query can ask for them; where that is refused, all groups
 * are read and the others left out here.
 */
async function readLicensedGroups(graph: GraphClient, signal: AbortSignal): Promise<LicensedGroup[]> {
  const operation = OPERATIONS.licensedGroups;
  const all = () =>
    graph
      .api('/groups')
      .select([...GROUP_PROPERTIES])
      .top(GROUPS_PAGE_SIZE);
  const licensed = () => all().filter('assignedLicenses/$count ne 0').count(true);
  try {
    const headers = { ConsistencyLevel: 'eventual' };
    return await readAll({ graph, first: licensed, operation, signal, headers }, readGroup);
  } catch (error) {
    if (!(error instanceof TenantReadError) || error.code !== 'refused') throw error;
    const groups = await readAll({ graph, first: all, operation, signal }, readGroup);
    return groups.filter((group) => group.assignedLicenses.length > 0);
  }
}
