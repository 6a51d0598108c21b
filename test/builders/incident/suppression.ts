import type { Silence, SuppressionRule, WatchMark } from '../../../src/domain/suppression/suppression.ts';

const MEGAN = { aadObjectId: '22222222-0000-4000-8000-000000000002', tenantId: null, name: 'Megan Bowen' };

/** Removals by the leaver runbook from LIC-Leavers are expected until the end of the year, unless told otherwise. */
export const aSuppressionRule = (over: Partial<SuppressionRule> = {}): SuppressionRule => ({
  id: 'rule-1',
  incidentId: 'incident-1',
  by: MEGAN,
  at: Date.parse('2026-11-23T08:30:00Z'),
  reason: 'leavers',
  until: Date.parse('2026-12-31T23:00:00Z'),
  endedAt: null,
  endedBy: null,
  match: {
    kind: 'lost',
    cause: 'automation',
    actorId: '33333333-0000-4000-8000-000000000003',
    actorName: 'Leaver runbook',
    groupId: '44444444-0000-4000-8000-000000000004',
    skuIds: null,
  },
  maxUsers: 10,
  ...over,
});

/** Quiet about Microsoft 365 E3 until the end of November, unless told otherwise. */
export const aSilence = (over: Partial<Silence> = {}): Silence => ({
  id: 'silence-1',
  subject: { kind: 'sku', id: '05e9a617-0261-4cee-bb44-138d3ef5d965' },
  until: Date.parse('2026-11-30T23:00:00Z'),
  reason: 'known migration',
  by: MEGAN,
  at: Date.parse('2026-11-23T08:30:00Z'),
  endedAt: null,
  ...over,
});

/** Nora is watched closely, unless told otherwise. */
export const aWatchMark = (over: Partial<WatchMark> = {}): WatchMark => ({
  subject: { kind: 'user', id: '11111111-0000-4000-8000-000000000001' },
  by: MEGAN,
  at: Date.parse('2026-11-23T08:30:00Z'),
  ...over,
});

/** What the app `runbook` takes by the group `leavers` is expected for a year, unless told otherwise. */
export const aLeaversRule = (
  over: Partial<SuppressionRule> = {},
  match: Partial<SuppressionRule['match']> = {},
): SuppressionRule =>
  aSuppressionRule({
    incidentId: null,
    at: Date.parse('2026-11-01T08:00:00Z'),
    until: Date.parse('2027-11-01T08:00:00Z'),
    ...over,
    match: {
      kind: 'lost',
      cause: 'group-membership',
      actorId: 'runbook',
      actorName: 'Leaver runbook',
      groupId: 'leavers',
      skuIds: null,
      ...match,
    },
  });
