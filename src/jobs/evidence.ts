import type { AttributionContext } from '../domain/attribution/verdict.ts';
import type { AuditEvent } from '../domain/audit/event.ts';
import type { LicenseChange } from '../domain/license/change.ts';
import { DIRECT } from '../domain/license/user-state.ts';
import { TenantReadError } from '../domain/ports.ts';
import type { JobContext } from './context.ts';

const HOUR = 3_600_000;
/** The group edit or rule change behind a license change may lie this much before it. */
export const LOOK_BACK_MS = 24 * HOUR;
/** Clocks differ: evidence may lie this much outside the two reads. */
export const SLACK_MS = 2 * 60_000;

/**
 * Everything that attribution may look at for the changes of one read: the audit records about their users
 * and groups, service issues, coverage, and who is in the deleted items.
 * @param changes changes of one scan, all with the same window
 */
export async function gatherEvidence(
  context: JobContext,
  changes: readonly LicenseChange[],
): Promise<AttributionContext> {
  const { store, clock, settings } = context;
  const observedBefore = Math.min(...changes.map((change) => change.observedBefore));
  const observedAfter = Math.max(...changes.map((change) => change.observedAfter));
  const from = observedBefore - LOOK_BACK_MS;
  const to = observedAfter + SLACK_MS;
  const tenant = await store.users.tenant();
  const groupIds = changes.flatMap((change) =>
    [...change.before, ...change.after].map(({ path }) => path).filter((path) => path !== DIRECT),
  );
  const userIds = changes.flatMap((change) => change.userId ?? []);
  const targetIds = [...new Set([...userIds, ...groupIds])];
  const events = targetIds.length === 0 ? [] : await store.audit.find({ from, to, targetIds });
  const problems = await store.audit.problems();
  return {
    observedBefore,
    observedAfter,
    now: clock.now(),
    changes,
    events,
    groups: tenant.groups,
    serviceIssues: await store.audit.serviceIssues(observedBefore, observedAfter),
    coverage: await store.audit.coverage(),
    auditingEnabled: !problems.some((problem) => problem.code === 'auditing-off'),
    ownAppIds: settings.ownAppIds,
    deletedUserIds: await deletedUsers(context, changes),
    names: await namesOf(context, [...userIds, ...actorIds(events)]),
    subscriptionsAfter: tenant.subscriptions,
  };
}

/** Which of the accounts that are gone lie in the deleted items; none when the directory cannot say now. */
async function deletedUsers(context: JobContext, changes: readonly LicenseChange[]): Promise<string[]> {
  const gone = changes.flatMap((change) => (change.kind === 'account-removed' ? (change.userId ?? []) : []));
  if (gone.length === 0) return [];
  try {
    return await context.reader.deletedAmong(gone, AbortSignal.timeout(60_000));
  } catch (error) {
    if (!(error instanceof TenantReadError)) throw error;
    context.log.warn({ code: error.code, reason: error.message }, 'deleted items could not be read');
    return [];
  }
}

const actorIds = (events: readonly AuditEvent[]): string[] =>
  events.flatMap((event) => (event.actor?.kind === 'user' ? (event.actor.id ?? []) : []));

/** Display names of the users among these ids: records name people by UPN or not at all. */
async function namesOf(context: JobContext, ids: readonly string[]): Promise<Map<string, string>> {
  const users = await context.store.users.byIds([...new Set(ids)]);
  return new Map(users.map(({ state }) => [state.id, state.displayName]));
}
