import { z } from 'zod';
import type * as access from '../../domain/access/person.ts';
import type * as domain from '../../domain/incident/decision.ts';
import { DECISION_KINDS } from '../../domain/incident/decision.ts';
import { Person } from '../database/person-json.ts';

export { Person };

export const Subject: z.ZodType<access.Subject> = z.object({
  kind: z.enum(['user', 'sku', 'group']),
  id: z.string(),
});

const RestoreWay: z.ZodType<domain.RestoreWay> = z.enum(['as-it-was', 'direct']);

/** A decision, as `decisions.body` holds it. */
export const Decision: z.ZodType<domain.Decision> = z.object({
  id: z.string(),
  at: z.number(),
  kind: z.enum(DECISION_KINDS),
  incidentId: z.string().nullable(),
  by: Person,
  reason: z.string().nullable(),
  userIds: z.array(z.string()).nullable(),
  until: z.number().nullable(),
  // The log only grows, so that its first rows are without these forever.
  way: RestoreWay.nullable().default(null),
  about: z.string().nullable().default(null),
  subject: Subject.nullable().default(null),
  group: z.object({ id: z.string(), name: z.string() }).exactOptional(),
});

/** What waits for a second operator, as a part of `incidents.body`. */
export const ApprovalRequest: z.ZodType<domain.ApprovalRequest> = z.object({
  id: z.string(),
  kind: z.enum(['reassign', 'undo']),
  by: Person,
  at: z.number(),
  expiresAt: z.number(),
  userIds: z.array(z.string()).nullable(),
  way: RestoreWay,
  undoes: z.string().nullable(),
});
