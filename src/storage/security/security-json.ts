import { z } from 'zod';
import type * as domain from '../../domain/detection/alerts/security-incident.ts';
import { DETECTION_CLASSES, LEVELS } from '../../domain/detection/rule.ts';
import { Texts } from '../audit/match-rows.ts';
import { Person } from '../database/person-json.ts';

const RecordWords: z.ZodType<domain.RecordWords> = z.object({
  title: z.string(),
  facts: z.array(z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  who: z.string().nullable(),
  object: z.string().nullable(),
  address: z.string().nullable(),
  client: z.string().nullable(),
});

/** As `security_incidents.body` holds it. */
export const SecurityIncident: z.ZodType<domain.SecurityIncident> = z.object({
  id: z.string(),
  identity: z.string(),
  rule: z.string(),
  class: z.enum(DETECTION_CLASSES).nullable(),
  level: z.enum(LEVELS),
  ruleTitle: z.string(),
  labels: Texts,
  status: z.enum(['open', 'approved', 'closed']),
  openedAt: z.number(),
  updatedAt: z.number(),
  revision: z.number(),
  firstAt: z.number(),
  lastAt: z.number(),
  count: z.number(),
  recordCount: z.number(),
  recordIds: z.array(z.string()),
  words: RecordWords,
  others: z.array(z.string()),
  otherCount: z.number(),
  userIds: z.array(z.string()),
  strangers: z.number(),
  flood: z.boolean(),
  watchedDays: z.number().nullable(),
  tellAt: z.number().nullable(),
  told: z.object({ count: z.number(), at: z.number() }).nullable(),
  snoozedUntil: z.number().nullable(),
  snoozeReason: z.string().nullable(),
  hiddenByRuleId: z.string().nullable(),
  ending: z
    .object({
      by: Person.nullable(),
      at: z.number(),
      reason: z.string().nullable(),
      ruleUntil: z.number().nullable(),
    })
    .nullable(),
});

/** As `security_rules.body` holds it. */
export const SecurityRule: z.ZodType<domain.SecurityRule> = z.object({
  id: z.string(),
  incidentId: z.string(),
  by: Person,
  at: z.number(),
  reason: z.string(),
  until: z.number(),
  endedAt: z.number().nullable(),
  endedBy: Person.nullable(),
  match: z.object({ rule: z.string(), labels: Texts }),
});
