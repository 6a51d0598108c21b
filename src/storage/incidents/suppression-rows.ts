import { z } from 'zod';
import type * as domain from '../../domain/suppression/suppression.ts';
import type { Queries } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';
import { ChangeKind } from './change-json.ts';
import { Person, Subject } from './decision-json.ts';
import { Cause } from './verdict-json.ts';

/** A rule, as `standing_rules.body` holds it. */
const SuppressionRule: z.ZodType<domain.SuppressionRule> = z.object({
  id: z.string(),
  incidentId: z.string().nullable(),
  by: Person,
  at: z.number(),
  reason: z.string(),
  until: z.number(),
  endedAt: z.number().nullable(),
  endedBy: Person.nullable(),
  match: z.object({
    kind: ChangeKind,
    cause: Cause,
    actorId: z.string().nullable(),
    actorName: z.string().nullable(),
    groupId: z.string().nullable(),
    skuIds: z.array(z.string()).nullable(),
  }),
  maxUsers: z.number(),
});

/** A silence, as `silences.body` holds it. */
const Silence: z.ZodType<domain.Silence> = z.object({
  id: z.string(),
  subject: Subject,
  until: z.number(),
  reason: z.string(),
  by: Person,
  at: z.number(),
  endedAt: z.number().nullable(),
});

/** The rule that a row tells. Throws StorageError `corrupt-row`. */
export const toRule = (row: { id: string; body: string }): domain.SuppressionRule =>
  readStored(SuppressionRule, row.body, `standing rule ${row.id}`);

/** The silence that a row tells. Throws StorageError `corrupt-row`. */
export const toSilence = (row: { id: string; body: string }): domain.Silence =>
  readStored(Silence, row.body, `silence ${row.id}`);

/** Adds a rule, or gives a known one its new end. */
export async function putRule(db: Queries, rule: domain.SuppressionRule): Promise<void> {
  const body = JSON.stringify(rule);
  await db
    .insertInto('standing_rules')
    .values({ id: rule.id, body })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ body }))
    .execute();
}

/** Adds a silence, or gives a known one its new end. */
export async function putSilence(db: Queries, silence: domain.Silence): Promise<void> {
  const row = { until_at: silence.until, ended_at: silence.endedAt, body: JSON.stringify(silence) };
  await db
    .insertInto('silences')
    .values({ id: silence.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}
