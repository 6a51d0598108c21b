import type { Incident } from '../../src/domain/incident/incident.ts';

/** An open, unexplained loss of Microsoft 365 E3 by one user, unless told otherwise. */
export const anIncident = (over: Partial<Incident> = {}): Incident => ({
  id: 'incident-1',
  fingerprint: 'lost|unknown|scan-1',
  kind: 'lost',
  cause: 'unknown',
  level: 'unexplained',
  actor: null,
  groupId: null,
  severity: 'high',
  status: 'open',
  userIds: ['11111111-0000-4000-8000-000000000001'],
  skuIds: ['05e9a617-0261-4cee-bb44-138d3ef5d965'],
  changeIds: ['change-1'],
  restoredUserIds: [],
  restoredAt: null,
  openedAt: Date.parse('2026-11-23T08:20:00Z'),
  updatedAt: Date.parse('2026-11-23T08:20:00Z'),
  revision: 1,
  snoozedUntil: null,
  snoozeReason: null,
  request: null,
  ruleId: null,
  undoneUserIds: [],
  watched: false,
  ...over,
});
