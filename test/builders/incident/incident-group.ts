import type { IncidentGroup } from '../../../src/domain/alert/group.ts';

/** The first change, explained by an admin's act, unless told otherwise. */
export const anIncidentGroup = (over: Partial<IncidentGroup> = {}): IncidentGroup => ({
  fingerprint: 'admin-action|anna||',
  kind: 'lost',
  cause: 'admin-action',
  level: 'proved',
  actor: { kind: 'user', id: 'anna', name: 'Anna Kowalska' },
  groupId: null,
  severity: 'high',
  userIds: ['a'],
  skuIds: ['sku'],
  changes: [0],
  ...over,
});
