import type { Tenant } from '../tenant/tenant.ts';
import type { ActivityRecord } from './activity-record.ts';

/**
 * The record that Exchange writes of the switch. It is the last one before the feeds go quiet, and the first one
 * after they speak again.
 */
export function auditingRecord(tenant: Tenant, enabled: boolean, by: string, at: number): ActivityRecord {
  const { tenantId } = tenant.organization;
  return {
    CreationTime: new Date(at).toISOString().slice(0, 19),
    Id: tenant.ids.next(),
    Operation: 'Set-AdminAuditLogConfig',
    OrganizationId: tenantId,
    RecordType: 1,
    ResultStatus: 'True',
    UserKey: by,
    UserType: 2,
    Version: 1,
    Workload: 'Exchange',
    ClientIP: '198.51.100.7:52114',
    ObjectId: 'Admin Audit Log Settings',
    UserId: by,
    ExternalAccess: false,
    OrganizationName: by.split('@')[1] ?? '',
    Parameters: [{ Name: 'UnifiedAuditLogIngestionEnabled', Value: enabled ? 'True' : 'False' }],
  };
}
