import type { AuditEvent } from '../audit/event.ts';
import { licenseOperation } from '../audit/operation.ts';
import { activityOf } from './activities.ts';

/** Whether a record is one that explains licenses. All others are for auditors. */
export const explainsLicenses = ({ licenses, operation }: AuditEvent): boolean =>
  licenses !== null || licenseOperation(operation) !== null || activityOf(operation) === 'license';
