import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { RestoreStep, StepAction } from '../../domain/restore/step.ts';
import { insertChunks, type Queries } from '../database/connection.ts';
import type { DecisionStepRow } from '../database/schema.ts';
import { readStored } from '../database/stored-json.ts';

const Licenses = z.array(z.object({ skuId: z.string(), disabledPlans: z.array(z.string()) }));
const SkuIds = z.array(z.string());

/** A write to the tenant, as `decision_steps.action` and `decision_steps.undo` hold it. */
const Action: z.ZodType<StepAction> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('restore-account'), userId: z.string() }),
  z.object({ kind: z.literal('assign'), userId: z.string(), licenses: Licenses }),
  z.object({ kind: z.literal('unassign'), userId: z.string(), skuIds: SkuIds }),
  z.object({ kind: z.literal('swap'), userId: z.string(), licenses: Licenses, skuIds: SkuIds }),
  z.object({ kind: z.literal('add-to-group'), userId: z.string(), groupId: z.string() }),
  z.object({ kind: z.literal('remove-from-group'), userId: z.string(), groupId: z.string() }),
  z.object({ kind: z.literal('reprocess'), userId: z.string() }),
  z.object({ kind: z.literal('license-group'), groupId: z.string(), licenses: Licenses }),
  z.object({ kind: z.literal('unlicense-group'), groupId: z.string(), skuIds: SkuIds }),
]);

const UserIds = z.array(z.string());

/** Adds the steps that a decision asks for. */
export async function insertSteps(db: Queries, steps: readonly RestoreStep[]): Promise<void> {
  for (const chunk of insertChunks(steps)) {
    await db
      .insertInto('decision_steps')
      .values(
        chunk.map((step) => ({
          decision_id: step.decisionId,
          step_no: step.stepNo,
          action: JSON.stringify(step.action),
          undo: step.undo && JSON.stringify(step.undo),
          user_ids: JSON.stringify(step.userIds),
          status: step.status,
          code: step.code,
          message: step.message,
          updated_at: step.updatedAt,
        })),
      )
      .execute();
  }
}

/** The step that a row tells. Throws StorageError `corrupt-row`. */
export function toStep(row: Selectable<DecisionStepRow>): RestoreStep {
  const where = `step ${row.step_no} of decision ${row.decision_id}`;
  return {
    decisionId: row.decision_id,
    stepNo: row.step_no,
    action: readStored(Action, row.action, where),
    undo: row.undo === null ? null : readStored(Action, row.undo, where),
    userIds: readStored(UserIds, row.user_ids, where),
    status: row.status,
    code: row.code,
    message: row.message,
    updatedAt: row.updated_at,
  };
}

/** Steps with nothing noted of their outcome. The statuses are part of the text: only so does SQLite take the partial index. */
export const openStepsQuery = (db: Queries) =>
  db
    .selectFrom('decision_steps as s')
    .innerJoin('decisions as d', 'd.id', 's.decision_id')
    .selectAll('s')
    .where(sql<boolean>`s.status in ('planned', 'sending')`)
    .orderBy('d.row_no')
    .orderBy('s.step_no');

/** Steps that were noted last in a half-open range, ms UTC, oldest note first. */
export const notedStepsQuery = (db: Queries, from: number, to: number) =>
  db
    .selectFrom('decision_steps')
    .selectAll()
    .where('updated_at', '>=', from)
    .where('updated_at', '<', to)
    .orderBy('updated_at')
    .orderBy('decision_id')
    .orderBy('step_no');
