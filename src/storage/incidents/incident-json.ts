import { z } from 'zod';
import type * as domain from '../../domain/incident/incident.ts';
import { Actor } from '../audit/audit-json.ts';
import { ChangeKind } from './change-json.ts';
import { ApprovalRequest } from './decision-json.ts';
import { Cause, VerdictLevel } from './verdict-json.ts';

/** An incident, as `incidents.body` holds it. */
export const Incident: z.ZodType<domain.Incident> = z.object({
  id: z.string(),
  fingerprint: z.string(),
  kind: ChangeKind,
  cause: Cause,
  level: VerdictLevel,
  actor: Actor.nullable(),
  groupId: z.string().nullable(),
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  status: z.enum(['open', 'approved', 'restored', 'closed']),
  userIds: z.array(z.string()),
  skuIds: z.array(z.string()),
  changeIds: z.array(z.string()),
  restoredUserIds: z.array(z.string()),
  openedAt: z.number(),
  updatedAt: z.number(),
  revision: z.number(),
  snoozedUntil: z.number().nullable(),
  snoozeReason: z.string().nullable(),
  // What follows was not written at first.
  request: ApprovalRequest.nullable().default(null),
  hiddenByRuleId: z.string().nullable().default(null),
  exceededRuleId: z.string().nullable().default(null),
  undoneUserIds: z.array(z.string()).default([]),
  watched: z.boolean().default(false),
  restoredAt: z.number().nullable().default(null),
});
