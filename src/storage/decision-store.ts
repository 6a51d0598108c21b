import type { DecisionStore } from '../domain/ports.ts';
import type { Queries } from './connection.ts';
import { insertDecision, toDecision, toStep } from './decision-rows.ts';

/** Who decided what, and the writes to the tenant that follow from it. */
export function createDecisionStore(db: Queries): DecisionStore {
  const decisions = () => db.selectFrom('decisions').select(['id', 'body']);
  return {
    /** Oldest first. */
    async byIncident(incidentId) {
      const rows = await decisions().where('incident_id', '=', incidentId).orderBy('row_no').execute();
      return rows.map(toDecision);
    },

    /** Newest first. */
    async recent(limit) {
      const rows = await decisions().orderBy('row_no', 'desc').limit(limit).execute();
      return rows.map(toDecision);
    },

    append: (decision) => insertDecision(db, decision),

    async steps(incidentId) {
      const rows = await db
        .selectFrom('restore_steps as s')
        .innerJoin('decisions as d', 'd.id', 's.decision_id')
        .selectAll('s')
        .where('d.incident_id', '=', incidentId)
        .orderBy('d.row_no')
        .orderBy('s.step_no')
        .execute();
      return rows.map(toStep);
    },

    async plannedSteps() {
      const rows = await db
        .selectFrom('restore_steps as s')
        .leftJoin('decisions as d', 'd.id', 's.decision_id')
        .selectAll('s')
        .where('s.status', '=', 'planned')
        .orderBy('d.row_no')
        .orderBy('s.step_no')
        .execute();
      return rows.map(toStep);
    },

    async setStep(decisionId, stepNo, status, message, at) {
      await db
        .updateTable('restore_steps')
        .set({ status, message, updated_at: at })
        .where('decision_id', '=', decisionId)
        .where('step_no', '=', stepNo)
        .execute();
    },
  };
}
