import type { AttributionContext } from '../../domain/attribution/verdict.ts';
import { settledSpan, windowOf } from '../../domain/attribution/window.ts';
import type { AuditEvent } from '../../domain/audit/event.ts';
import { DAY_MS, MINUTE_MS } from '../../domain/durations.ts';
import type { Settled } from '../../domain/incident/settle.ts';
import type { LicenseChange } from '../../domain/license/change.ts';
import { DIRECT } from '../../domain/license/user-state.ts';
import { TenantReadError } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { ownSteps } from './own-steps.ts';
import { settleChanges } from './settle-changes.ts';

/** What attribution looks at, and what became of the changes of that read while they settled, by change id. */
export type Evidence = AttributionContext & { became: ReadonlyMap<string, Settled> };

/**
 * Everything that attribution may look at for changes of one read: the audit records about their users and
 * groups, what else changed in that read, service issues, coverage, what we did ourselves, and who is in the
 * deleted items.
 * @param changes changes of one scan, all with the same window
 */
export async function gatherEvidence(
  context: JobContext,
  changes: readonly LicenseChange[],
): Promise<Evidence> {
  const { store, clock, settings } = context;
  const observedBefore = Math.min(...changes.map((change) => change.observedBefore));
  const observedAfter = Math.max(...changes.map((change) => change.observedAfter));
  const { from, rootFrom, to } = windowOf({ observedBefore, observedAfter });
  const read = await wholeRead(context, changes);
  const tenant = await store.users.tenant();
  const userIds = changes.flatMap((change) => change.userId ?? []);
  const targetIds = targetsOf([...changes, ...read.filter(({ kind }) => TELLING.has(kind))]);
  const events =
    targetIds.length === 0 ? [] : await store.audit.find({ from: rootFrom, to: to + 1, targetIds });
  const problems = await store.audit.problems();
  const { became, replacements } = await settleChanges(context, read);
  const settled = settledSpan({ observedBefore, observedAfter });
  const auditing = await store.audit.auditing();
  return {
    observedBefore,
    observedAfter,
    now: clock.now(),
    changes: read,
    replacements,
    became,
    events: [...(await earlierFailures(context, changes, rootFrom)), ...events],
    groups: tenant.groups,
    serviceIssues: await store.audit.serviceIssues(from, to),
    coverage: await store.audit.coverage(),
    unreadRecords: await store.audit.unreadable({ from: settled.from, to: settled.to + 1 }),
    auditingEnabled: auditing.state !== 'off' && !problems.some((problem) => problem.code === 'auditing-off'),
    ownAppIds: settings.ownAppIds,
    deletedUserIds: await deletedUsers(context, changes),
    names: await namesOf(context, [...userIds, ...actorIds(events)]),
    subscriptionsAfter: tenant.subscriptions,
    ownSteps: await ownSteps(context, from, to),
  };
}

/** Microsoft's grace for an assignment that no longer fits lasts about a month, ms. */
const GRACE_MS = 40 * DAY_MS;

/** Failed assignments of those who held a license in grace: it may end weeks after the failure. */
async function earlierFailures(
  { store }: JobContext,
  changes: readonly LicenseChange[],
  to: number,
): Promise<AuditEvent[]> {
  const targetIds = changes.flatMap(({ kind, userId, before }) =>
    kind === 'lost' && userId !== null && before.some(({ state }) => state === 'ActiveWithError')
      ? [userId]
      : [],
  );
  if (targetIds.length === 0) return [];
  const events = await store.audit.find({ from: to - GRACE_MS, to, targetIds });
  return events.filter(({ result }) => result === 'failure');
}

/** Who made these changes of other users says something about a user's own. */
const TELLING: ReadonlySet<LicenseChange['kind']> = new Set(['swap', 'plans-changed']);

/** The users of these changes, and the groups that licensed them before or after. */
export function targetsOf(changes: readonly LicenseChange[]): string[] {
  const groupIds = changes.flatMap((change) =>
    [...change.before, ...change.after].map(({ path }) => path).filter((path) => path !== DIRECT),
  );
  return [...new Set([...changes.flatMap((change) => change.userId ?? []), ...groupIds])];
}

/** All that changed in the same read: what happened to a SKU or to other users says something about these. */
async function wholeRead(
  { store }: JobContext,
  changes: readonly LicenseChange[],
): Promise<readonly LicenseChange[]> {
  const scanId = changes[0]?.scanId;
  if (scanId === undefined) return changes;
  const found = await store.changes.find({ scanId });
  return found.length > changes.length ? found.map(({ change }) => change) : changes;
}

/** Which of the accounts that are gone lie in the deleted items; none when the directory cannot say now. */
async function deletedUsers(context: JobContext, changes: readonly LicenseChange[]): Promise<string[]> {
  const gone = changes.flatMap((change) => (change.kind === 'account-removed' ? (change.userId ?? []) : []));
  if (gone.length === 0) return [];
  try {
    return await context.reader.deletedAmong(gone, AbortSignal.timeout(MINUTE_MS));
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
