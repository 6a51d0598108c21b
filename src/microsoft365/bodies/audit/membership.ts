import type { AuditEvent, AuditTarget, ModifiedProperty } from '../../../domain/audit/event.ts';
import { licenseOperation } from '../../../domain/audit/operation.ts';
import { findProperty, scalarOf } from '../../../domain/audit/property-value.ts';
import { objectId } from './loose-fields.ts';

/**
 * The group that a membership record is about. Both logs name it in the member's properties (`Group.ObjectID`,
 * new on add, old on remove); Graph adds a second target for the group, which has no name.
 */
export function groupOf(
  operation: string,
  targets: readonly AuditTarget[],
  modified: readonly ModifiedProperty[],
): AuditEvent['group'] {
  const value = (name: string): string | null => {
    const property = findProperty(modified, name);
    return property ? (scalarOf(property.newValue) ?? scalarOf(property.oldValue)) : null;
  };
  const target = targets.find(({ kind }) => kind === 'group');
  const kind = licenseOperation(operation);
  const isMembership = kind === 'add-member' || kind === 'remove-member';
  const id = objectId(value('Group.ObjectID')) ?? (isMembership ? (target?.id ?? null) : null);
  return id === null ? null : { id, name: value('Group.DisplayName') ?? target?.name ?? null };
}
