import type { AuditEvent } from '../domain/audit/event.ts';

/** Under which users and groups a record is found: its targets, and the group of a membership. */
export function targetIdsOf(event: AuditEvent): string[] {
  const ids = event.targets.flatMap((target) => (target.id === null ? [] : [target.id]));
  if (event.group) ids.push(event.group.id);
  return [...new Set(ids)];
}
