import { z } from 'zod';
import type * as domain from '../../domain/audit/event.ts';

export const Actor: z.ZodType<domain.Actor> = z.object({
  kind: z.enum(['user', 'app', 'system', 'partner']),
  id: z.string().nullable(),
  name: z.string().nullable(),
  appId: z.string().exactOptional(),
});

const AuditTarget: z.ZodType<domain.AuditTarget> = z.object({
  kind: z.enum(['user', 'group', 'app', 'servicePrincipal', 'role', 'directory', 'other']),
  id: z.string().nullable(),
  name: z.string().nullable(),
});

const LoggedLicense: z.ZodType<domain.LoggedLicense> = z.object({
  skuId: z.string(),
  partNumber: z.string().nullable(),
  disabledPlans: z.array(z.string()),
});

/** A normalised audit record, as `audit_events.event` holds it. */
export const AuditEvent: z.ZodType<domain.AuditEvent> = z.object({
  id: z.string(),
  source: z.enum(['directoryAudits', 'activity', 'auditSearch']),
  at: z.number(),
  operation: z.string(),
  workload: z.string(),
  result: z.enum(['success', 'failure', 'unknown']),
  resultReason: z.string().nullable(),
  actor: Actor.nullable(),
  targets: z.array(AuditTarget),
  correlationId: z.string().nullable(),
  clientIp: z.string().nullable(),
  actionClient: z.string().nullable(),
  modified: z.array(
    z.object({ name: z.string(), oldValue: z.string().nullable(), newValue: z.string().nullable() }),
  ),
  licenses: z.object({ before: z.array(LoggedLicense), after: z.array(LoggedLicense) }).nullable(),
  group: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  sequence: z.object({ key: z.string(), part: z.number(), of: z.number(), fragment: z.string() }).nullable(),
});

/** A Microsoft service health issue, as `service_issues.issue` holds it. */
export const ServiceIssue: z.ZodType<domain.ServiceIssue> = z.object({
  id: z.string(),
  title: z.string(),
  service: z.string(),
  feature: z.string().nullable(),
  classification: z.string(),
  status: z.string(),
  startAt: z.number(),
  endAt: z.number().nullable(),
  isResolved: z.boolean(),
  impact: z.string(),
});
