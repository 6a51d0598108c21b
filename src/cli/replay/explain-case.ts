import { groupIntoIncidents, type IncidentGroup } from '../../domain/alert/group.ts';
import { attribute } from '../../domain/attribution/causes/attribute.ts';
import type { Verdict } from '../../domain/attribution/verdict.ts';
import type { AuditEvent } from '../../domain/audit/event.ts';
import { licenseOperation } from '../../domain/audit/operation.ts';
import type { DetectedChange } from '../../domain/license/change.ts';
import { diffTenant } from '../../domain/license/diff-tenant.ts';
import { type DiffContext, diffUser } from '../../domain/license/diff-user.ts';
import type { SkuState } from '../../domain/license/sku.ts';
import type { UserState } from '../../domain/license/user-state.ts';
import type { RecordedCase } from './case-folder.ts';

export type ExplainedCase = {
  /** By user, SKU, kind and path. */
  changes: { change: DetectedChange; verdict: Verdict }[];
  /** The worst first; `changes` are positions in the list above. */
  incidents: IncidentGroup[];
};

/** Runs diff, attribution and grouping over a recorded case. Pure. */
export function explainCase(recorded: RecordedCase): ExplainedCase {
  const changes = [...detect(recorded)].sort(compareChanges);
  const verdicts = attribute(changes, {
    observedBefore: recorded.observedBefore,
    observedAfter: recorded.observedAfter,
    now: recorded.now,
    changes,
    events: recorded.events,
    groups: recorded.groups,
    serviceIssues: recorded.serviceIssues,
    coverage: recorded.coverage,
    auditingEnabled: recorded.auditingEnabled,
    unreadRecords: recorded.refused.length,
    ownAppIds: recorded.ownAppIds,
    deletedUserIds: recorded.deletedUserIds,
    names: new Map(
      [...recorded.usersBefore, ...recorded.usersAfter].map((user) => [user.id, user.displayName]),
    ),
    ...(recorded.subscriptions && {
      subscriptionsBefore: recorded.subscriptions.before,
      subscriptionsAfter: recorded.subscriptions.after,
    }),
  });
  return {
    changes: changes.flatMap((change, index) => {
      const verdict = verdicts[index];
      return verdict ? [{ change, verdict }] : [];
    }),
    incidents: groupIntoIncidents(changes, verdicts, 'replay'),
  };
}

function* detect(recorded: RecordedCase): Generator<DetectedChange> {
  const { skus } = recorded;
  if (skus) yield* diffTenant(skus.before, skus.after);
  const context: DiffContext = {
    skusBefore: byId(skus?.before ?? []),
    skusAfter: byId(skus?.after ?? []),
    wasRemoved: wasRemovedIn(recorded),
  };
  const before = usersById(recorded.usersBefore);
  const after = usersById(recorded.usersAfter);
  for (const userId of new Set([...before.keys(), ...after.keys()])) {
    yield* diffUser({ before: before.get(userId) ?? null, after: after.get(userId) ?? null }, context);
  }
}

const byId = (skus: readonly SkuState[]): Map<string, SkuState> =>
  new Map(skus.map((sku) => [sku.skuId, sku]));

/** A user who was read twice: the last wins. */
const usersById = (users: readonly UserState[]): Map<string, UserState> =>
  new Map(users.map((user) => [user.id, user]));

/** Two reads cannot tell a restored account from a new one; the deleted users and the records can. */
function wasRemovedIn(recorded: RecordedCase): (userId: string) => boolean {
  const isRestore = (event: AuditEvent): boolean =>
    event.result !== 'failure' && licenseOperation(event.operation) === 'restore-user';
  const restored = recorded.events.filter(isRestore).flatMap((event) => event.targets.map(({ id }) => id));
  const known = new Set([...recorded.deletedUserIds, ...restored]);
  return (userId) => known.has(userId);
}

const byText = (a: string | null, b: string | null): number => {
  const [left, right] = [a ?? '', b ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
};

const compareChanges = (a: DetectedChange, b: DetectedChange): number =>
  byText(a.userId, b.userId) || byText(a.skuId, b.skuId) || byText(a.kind, b.kind) || byText(a.path, b.path);
