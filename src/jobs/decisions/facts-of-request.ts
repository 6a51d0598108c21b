import type { GroupNow } from '../../domain/license/group-now.ts';
import { TenantReadError } from '../../domain/ports.ts';
import type { LicenseRequest } from '../../domain/restore/requests/on-request.ts';
import { type RequestFacts, requestFacts } from '../../domain/restore/requests/request-facts.ts';
import { isGroupLicenseKind } from '../../domain/restore/requests/request-kind.ts';
import type { JobContext } from '../context.ts';
import { type Refused, refuse } from './decided.ts';

/** Somebody waits for the answer to a press, ms. */
const GROUP_WITHIN_MS = 5_000;

/**
 * Loads what a request is planned from. Its group is read from the directory each time: what a scan has of groups does
 * not say who is in them, and is minutes old. `now` is ms UTC.
 */
export async function factsOfRequest(
  context: Pick<JobContext, 'store' | 'reader' | 'log'>,
  { kind, userIds, groupId }: Pick<LicenseRequest, 'kind' | 'userIds' | 'groupId'>,
  now: number,
): Promise<RequestFacts | Refused> {
  const { users, decisions } = context.store;
  const read = groupId === undefined ? { group: null } : await groupNow(context, groupId);
  if ('kind' in read) return read;
  const { group } = read;
  const concerned = isGroupLicenseKind(kind) ? (group?.userIds ?? []) : userIds;
  return requestFacts({
    users: concerned.length === 0 ? [] : await users.byIds(concerned),
    tenant: await users.tenant(),
    openSteps: await decisions.openSteps(),
    now,
    group,
  });
}

async function groupNow(
  { reader, log }: Pick<JobContext, 'reader' | 'log'>,
  groupId: string,
): Promise<{ group: GroupNow | null } | Refused> {
  try {
    return { group: await reader.groupNow(groupId, AbortSignal.timeout(GROUP_WITHIN_MS)) };
  } catch (error) {
    if (!(error instanceof TenantReadError)) throw error;
    log.warn({ code: error.code, reason: error.message }, 'the group of a request could not be read');
    return refuse(`I cannot look at the group now, so nothing was changed. ${error.message}`);
  }
}
