import type { DecisionStore } from '../../domain/ports.ts';
import type { RestoreStep } from '../../domain/restore/step.ts';
import { type DatabaseKind, isOneOf, type Queries, unlessTaken } from '../database/connection.ts';
import { decisionsBetween, insertDecision, toDecision } from './decision-rows.ts';
import { notedStepsQuery, openStepsQuery, toStep } from './step-rows.ts';

/** Who decided what, and the writes to the tenant that follow from it. */
export function createDecisionStore(db: Queries, kind: DatabaseKind): DecisionStore {
  const decisions = () => db.selectFrom('decisions').select(['id', 'body']);
  return {
    async byIncident(incidentId) {
      const rows = await decisions().where('incident_id', '=', incidentId).orderBy('row_no').execute();
      return rows.map(toDecision);
    },

    async byIds(ids) {
      if (ids.length === 0) return [];
      const rows = await decisions()
        .where(isOneOf(kind, 'id', ids))
        .orderBy('row_no')
        .execute();
      return rows.map(toDecision);
    },

    async recent(limit) {
      const rows = await decisions().orderBy('row_no', 'desc').limit(limit).execute();
      return rows.map(toDecision);
    },

    between: (from, to) => decisionsBetween(db, from, to),

    async lastBeside() {
      const row = await decisions()
        .where('incident_id', 'is', null)
        .orderBy('row_no', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? toDecision(row) : null;
    },

    append: (decision) => unlessTaken(insertDecision(db, decision)),

    async steps(incidentId) {
      const rows = await db
        .selectFrom('decision_steps as s')
        .innerJoin('decisions as d', 'd.id', 's.decision_id')
        .selectAll('s')
        .where('d.incident_id', '=', incidentId)
        .orderBy('d.row_no')
        .orderBy('s.step_no')
        .execute();
      return rows.map(toStep);
    },

    async stepsOf(decisionId) {
      const rows = await db
        .selectFrom('decision_steps')
        .selectAll()
        .where('decision_id', '=', decisionId)
        .orderBy('step_no')
        .execute();
      return rows.map(toStep);
    },

    async openSteps() {
      return (await openStepsQuery(db).execute()).map(toStep);
    },

    async notedSteps(from, to) {
      return (await notedStepsQuery(db, from, to).execute()).map(toStep);
    },

    async claim(steps, at) {
      if (steps.length === 0) return [];
      const byDecision = Map.groupBy(steps, ({ decisionId }) => decisionId);
      // One statement with the condition on the status in it: of two who claim a step, one gets its row back.
      const rows = await db
        .updateTable('decision_steps')
        .set({ status: 'sending', updated_at: at })
        .where('status', '=', 'planned')
        .where((where) =>
          where.or(
            [...byDecision].map(([decisionId, wanted]) =>
              where('decision_id', '=', decisionId).and(
                'step_no',
                'in',
                wanted.map(({ stepNo }) => stepNo),
              ),
            ),
          ),
        )
        .returningAll()
        .execute();
      return rows.map(toStep).toSorted((a, b) => placeIn(steps, a) - placeIn(steps, b));
    },

    async noteSteps(notes, at) {
      await db.transaction().execute(async (transaction) => {
        for (const { decisionId, stepNo, status, code, message } of notes) {
          await transaction
            .updateTable('decision_steps')
            .set({ status, code, message, updated_at: at })
            .where('decision_id', '=', decisionId)
            .where('step_no', '=', stepNo)
            .execute();
        }
      });
    },
  };
}

type StepKey = Pick<RestoreStep, 'decisionId' | 'stepNo'>;

const placeIn = (steps: readonly StepKey[], step: StepKey): number =>
  steps.findIndex(({ decisionId, stepNo }) => decisionId === step.decisionId && stepNo === step.stepNo);
