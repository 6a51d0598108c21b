import type { Decision } from '../../../src/domain/incident/decision.ts';
import type { RestoreStep } from '../../../src/domain/restore/step.ts';

/** Megan reassigned all users of the incident, unless told otherwise. */
export const aDecision = (over: Partial<Decision> = {}): Decision => ({
  id: 'decision-1',
  at: Date.parse('2026-11-23T08:30:00Z'),
  kind: 'reassign',
  incidentId: 'incident-1',
  by: { aadObjectId: '22222222-0000-4000-8000-000000000002', tenantId: null, name: 'Megan Bowen' },
  reason: null,
  userIds: null,
  until: null,
  way: 'as-it-was',
  about: null,
  subject: null,
  ...over,
});

/** The decision's first step, not done yet: Nora gets her Microsoft 365 E3 back, unless told otherwise. */
export const aRestoreStep = (over: Partial<RestoreStep> = {}): RestoreStep => ({
  decisionId: 'decision-1',
  stepNo: 1,
  action: {
    kind: 'assign',
    userId: '11111111-0000-4000-8000-000000000001',
    licenses: [{ skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965', disabledPlans: [] }],
  },
  undo: {
    kind: 'unassign',
    userId: '11111111-0000-4000-8000-000000000001',
    skuIds: ['05e9a617-0261-4cee-bb44-138d3ef5d965'],
  },
  userIds: ['11111111-0000-4000-8000-000000000001'],
  status: 'planned',
  code: null,
  message: null,
  updatedAt: Date.parse('2026-11-23T08:30:00Z'),
  ...over,
});
