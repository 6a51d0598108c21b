import type { IncidentFacts } from '../../../src/domain/incident-view/build-view.ts';
import type { UserState } from '../../../src/domain/license/user-state.ts';
import { aChange } from '../license/license-change.ts';
import { aSkuState } from '../license/sku-state.ts';
import { anIncident } from './incident.ts';

/** An open incident in which these users lost Microsoft 365 E3, seen by somebody who sees everybody, unless told otherwise. */
export const incidentFacts = (
  users: readonly UserState[],
  over: Partial<IncidentFacts> = {},
): IncidentFacts => ({
  incident: anIncident({ userIds: users.map(({ id }) => id) }),
  changes: users.map(({ id, displayName, userPrincipalName }, index) => {
    const change = aChange({ id: `change-${index + 1}`, userId: id });
    const user = change.user && { ...change.user, displayName, userPrincipalName };
    return { change: { ...change, user }, verdict: null, incidentId: 'incident-1' };
  }),
  users: users.map((state) => ({ state, firstSeenAt: 0, removedAt: null, formerNames: [] })),
  decisions: [],
  steps: [],
  card: null,
  tenant: { skus: [aSkuState()], subscriptions: [], groups: [] },
  coverage: [],
  auditingEnabled: true,
  serviceIssues: [],
  now: Date.parse('2026-11-23T09:00:00Z'),
  sees: null,
  acts: null,
  productName: () => 'Microsoft 365 E3',
  servicePlanName: (id) => `plan ${id}`,
  ...over,
});
