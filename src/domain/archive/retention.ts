import { DAY_MS } from '../durations.ts';

/**
 * How long some audit records are kept. An empty list means any: any type, any user, any operation. The lowest
 * number is the highest priority, as in Purview.
 */
export type RetentionPolicy = {
  name: string;
  description: string;
  priority: number;
  /** As records carry them: numbers, or `directoryaudits`. */
  recordTypes: readonly string[];
  /** Who acted: user principal names or object ids, in lower case. */
  users: readonly string[];
  /** In lower case, without a final dot. */
  operations: readonly string[];
  /** Null keeps them for good. */
  days: number | null;
};

/** What a policy looks at. */
export type RetainedRecord = {
  at: number;
  recordType: string;
  operation: string;
  actorId: string | null;
  actorName: string | null;
};

/** What AUDIT_RETENTION_DAYS says, as the policy that takes what no other one takes. */
export const generalPolicy = (days: number | null): RetentionPolicy => ({
  name: 'AUDIT_RETENTION_DAYS',
  description: 'All other records.',
  priority: Number.MAX_SAFE_INTEGER,
  recordTypes: [],
  users: [],
  operations: [],
  days,
});

/** Policies from the highest priority to the lowest. */
export const inPriority = (policies: readonly RetentionPolicy[]): RetentionPolicy[] =>
  policies.toSorted((one, other) => one.priority - other.priority);

/**
 * The policy by which a record is to go now; null where it stays. Of several that take it, the first counts.
 * @param policies in order of priority
 * @param now ms UTC
 */
export function policyThatRemoves(
  record: RetainedRecord,
  policies: readonly RetentionPolicy[],
  now: number,
): RetentionPolicy | null {
  const policy = policies.find((candidate) => takes(candidate, record));
  if (!policy || policy.days === null) return null;
  return record.at < now - policy.days * DAY_MS ? policy : null;
}

/** Until when records can be old enough to go, ms UTC; null where all are kept for good. */
export function removableBefore(policies: readonly RetentionPolicy[], now: number): number | null {
  const days = policies.flatMap((policy) => policy.days ?? []);
  return days.length === 0 ? null : now - Math.min(...days) * DAY_MS;
}

/** Before when nothing is kept by any policy, ms UTC; null where something is kept for good. */
export function keptByNoneBefore(policies: readonly RetentionPolicy[], now: number): number | null {
  if (policies.some(({ days }) => days === null)) return null;
  return policies.length === 0
    ? null
    : now - Math.max(...policies.flatMap(({ days }) => days ?? [])) * DAY_MS;
}

function takes(policy: RetentionPolicy, record: RetainedRecord): boolean {
  const { recordTypes, users, operations } = policy;
  if (recordTypes.length > 0 && !recordTypes.includes(record.recordType)) return false;
  if (operations.length > 0 && !operations.includes(record.operation.toLowerCase())) return false;
  if (users.length === 0) return true;
  const actor = [record.actorId, record.actorName].flatMap((name) => name?.toLowerCase() ?? []);
  return actor.some((name) => users.includes(name));
}
