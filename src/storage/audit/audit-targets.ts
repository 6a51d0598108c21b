import type { AuditEvent } from '../../domain/audit/event.ts';

/**
 * Under which users and groups a record is found: its targets, and the group of a membership. A target
 * without an id, as trimmed records have it, is found by its name in lower case.
 */
export function targetIdsOf(event: AuditEvent): string[] {
  const ids = event.targets.flatMap((target) => target.id ?? target.name?.toLowerCase() ?? []);
  if (event.group) ids.push(event.group.id);
  return [...new Set(ids)];
}
