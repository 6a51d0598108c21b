import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Decision, RestoreStep } from '../domain/incident/decision.ts';
import { insertChunks, type Queries } from './connection.ts';
import type { RestoreStepRow } from './schema.ts';
import { readStored } from './stored-json.ts';

/** A decision, as `decisions.body` holds it. */
const DecisionBody: z.ZodType<Decision> = z.object({
  id: z.string(),
  at: z.number(),
  kind: z.enum(['reassign', 'approve', 'snooze', 'set-channel']),
  incidentId: z.string().nullable(),
  by: z.object({ aadObjectId: z.string(), tenantId: z.string().nullable(), name: z.string() }),
  reason: z.string().nullable(),
  userIds: z.array(z.string()).nullable(),
  until: z.number().nullable(),
});

const AddLicenses: z.ZodType<RestoreStep['addLicenses']> = z.array(
  z.object({ skuId: z.string(), disabledPlans: z.array(z.string()) }),
);

/** Adds one decision to the log. */
export async function insertDecision(db: Queries, decision: Decision): Promise<void> {
  await db
    .insertInto('decisions')
    .values({
      id: decision.id,
      at: decision.at,
      incident_id: decision.incidentId,
      body: JSON.stringify(decision),
    })
    .execute();
}

/** The decision that a row tells. Throws StorageError `corrupt-row`. */
export const toDecision = (row: { id: string; body: string }): Decision =>
  readStored(DecisionBody, row.body, `decision ${row.id}`);

/** Adds the steps that a decision asks for. */
export async function insertSteps(db: Queries, steps: readonly RestoreStep[]): Promise<void> {
  for (const chunk of insertChunks(steps)) {
    await db
      .insertInto('restore_steps')
      .values(
        chunk.map((step) => ({
          decision_id: step.decisionId,
          step_no: step.stepNo,
          user_id: step.userId,
          add_licenses: JSON.stringify(step.addLicenses),
          status: step.status,
          message: step.message,
          updated_at: step.updatedAt,
        })),
      )
      .execute();
  }
}

/** The step that a row tells. Throws StorageError `corrupt-row`. */
export const toStep = (row: Selectable<RestoreStepRow>): RestoreStep => ({
  decisionId: row.decision_id,
  stepNo: row.step_no,
  userId: row.user_id,
  addLicenses: readStored(
    AddLicenses,
    row.add_licenses,
    `step ${row.step_no} of decision ${row.decision_id}`,
  ),
  status: row.status,
  message: row.message,
  updatedAt: row.updated_at,
});
