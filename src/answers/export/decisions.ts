import type { Decision } from '../../domain/incident/decision.ts';
import { isInPlace, type RestoreStep } from '../../domain/restore/step.ts';
import type { AnswerStore } from '../answer/deps.ts';
import { concerns, incidentsOnce } from '../history/decisions.ts';
import { type ExportedRow, type ExportTable, iso } from './table.ts';

/** The decision log: who decided what, when, for whom, and what came of it. */
export const decisionsTable: ExportTable = {
  columns: [
    'id',
    'at',
    'kind',
    'by',
    'by_id',
    'by_tenant_id',
    'incident_id',
    'user_ids',
    'users',
    'reason',
    'until',
    'way',
    'about',
    'subject_kind',
    'subject_id',
    'steps',
    'steps_in_place',
    'steps_refused_or_failed',
    'first_trouble',
  ],
  async *rows(store, selection) {
    const { from, to } = selection.range;
    for await (const chunk of store.decisions.between(from, to)) {
      const rows: ExportedRow[] = [];
      const incidentOf = incidentsOnce({ store });
      for (const decision of chunk) {
        if (await concerns(decision, selection, incidentOf)) rows.push(await rowOf(store, decision));
      }
      yield rows;
    }
  },
};

async function rowOf(store: AnswerStore, decision: Decision): Promise<ExportedRow> {
  const { id, at, kind, by, incidentId, reason, until, way, about, subject } = decision;
  const steps = await store.decisions.stepsOf(id);
  const incident = incidentId === null ? null : await store.incidents.byId(incidentId);
  const userIds = decision.userIds ?? incident?.userIds ?? [];
  const users = new Map((await store.users.byIds(userIds)).map(({ state }) => [state.id, state]));
  const troubled = steps.filter(({ status }) => status === 'refused' || status === 'failed');
  return {
    cells: [
      id,
      iso(at),
      kind,
      by.name,
      by.aadObjectId,
      by.tenantId,
      incidentId,
      userIds.join('; '),
      userIds.map((userId) => users.get(userId)?.userPrincipalName ?? userId).join('; '),
      reason,
      iso(until),
      way,
      about,
      subject?.kind ?? null,
      subject?.id ?? null,
      steps.length,
      steps.filter(isInPlace).length,
      troubled.length,
      troubled[0]?.message ?? null,
    ],
    record: {
      ...decision,
      at: iso(at),
      until: until === null ? null : iso(until),
      userIds,
      steps: steps.map(stepRecord),
    },
  };
}

const stepRecord = ({ stepNo, action, status, code, message, userIds, updatedAt }: RestoreStep): object => ({
  stepNo,
  action,
  userIds,
  status,
  code,
  message,
  updatedAt: iso(updatedAt),
});
