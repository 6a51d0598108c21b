import { HOUR_MS } from '../../../../src/domain/durations.ts';
import type { ApprovalRequest } from '../../../../src/domain/incident/decision.ts';
import type { Incident } from '../../../../src/domain/incident/incident.ts';
import { buildIncidentView, type IncidentFacts } from '../../../../src/domain/incident-view/build-view.ts';
import type { RestoreStep } from '../../../../src/domain/restore/step.ts';
import { aDecision, aRestoreStep } from '../../../builders/incident/decision.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { incidentFacts } from '../../../builders/incident/incident-facts.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { aUserState } from '../../../builders/license/user-state.ts';

export const NORA = aUserState();
export const OMAR = aUserState({ id: 'user-2', displayName: 'Omar Haddad' });
export const NOW = Date.parse('2026-11-23T09:00:00Z');

/** What a card shows of an incident of the two. */
export const viewOf = (over: Partial<IncidentFacts> = {}) =>
  buildIncidentView(
    incidentFacts([NORA, OMAR], {
      now: NOW,
      tenant: { skus: [aSkuState({ enabled: 100 })], subscriptions: [], groups: [aLicensedGroup()] },
      ...over,
    }),
  );

export const incidentOf = (over: Partial<Incident> = {}) =>
  anIncident({ userIds: [NORA.id, OMAR.id], ...over });

export const aRequest = (over: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
  id: 'request-1',
  kind: 'reassign',
  by: { aadObjectId: 'megan', tenantId: 'tenant', name: 'Megan Bowen' },
  at: NOW - HOUR_MS,
  expiresAt: NOW + 23 * HOUR_MS,
  userIds: null,
  way: 'as-it-was',
  undoes: null,
  ...over,
});

export const reassign = aDecision({ at: NOW - HOUR_MS });
export const done = (over: Partial<RestoreStep> = {}) =>
  aRestoreStep({ status: 'done', updatedAt: NOW - HOUR_MS, ...over });
