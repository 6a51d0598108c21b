import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../../src/domain/audit/event.ts';
import { type DateFacts, datesOf } from '../../../../src/domain/dates/dates-of.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import { anAuditEvent } from '../../../builders/audit/audit-event.ts';
import { anAssignment } from '../../../builders/license/user-state.ts';

const FIRST_READ = 1_000 * DAY_MS;
const GROUP = 'group-1';
const PLANS: Record<string, string[]> = { e3: ['exchange', 'teams', 'new'], visio: ['visio'], e1: ['teams'] };

const facts = (over: Partial<DateFacts> = {}): DateFacts => ({
  dates: null,
  period: null,
  firstSeenAt: FIRST_READ,
  events: [],
  plansOf: (skuId) => PLANS[skuId] ?? [],
  otherSkus: [],
  ...over,
});
const e3 = (over = {}) => anAssignment({ skuId: 'e3', disabledPlans: [], ...over });

describe('the date of the plan', () => {
  type Told = [plan: string, status: string, at: number | null];
  const planDate = (told: Told[] | null, over: Partial<DateFacts> = {}, disabledPlans: string[] = []) => {
    const plans = told?.map(([servicePlanId, status, assignedAt]) => ({ servicePlanId, status, assignedAt }));
    const dates = { userId: 'u', readAt: 9, plans: plans ?? null, states: [] };
    return datesOf(e3({ disabledPlans }), facts({ dates, ...over })).plan;
  };

  it.each<[string, Told[] | null, number | null]>([
    ['is not known where Microsoft told of no plans', null, null],
    ['is not known of somebody without a plan of the product', [['visio', 'Enabled', 5]], null],
    [
      'is the oldest: Microsoft adds plans to products',
      [
        ['exchange', 'Enabled', 5],
        ['new', 'Enabled', 50],
      ],
      5,
    ],
    [
      'is not that of a plan which is gone',
      [
        ['exchange', 'Deleted', 1],
        ['teams', 'Enabled', 7],
      ],
      7,
    ],
    ['is that of a plan in grace, too', [['exchange', 'Warning', 3]], 3],
    [
      'is not known where only a deleted plan has one',
      [
        ['exchange', 'Deleted', 1],
        ['teams', 'Enabled', null],
      ],
      null,
    ],
  ])('%s', (_, told, expected) => {
    expect(planDate(told)).toBe(expected);
  });

  it('is that of plans which no other product gives, where there are any', () => {
    const told: Told[] = [
      ['teams', 'Enabled', 1],
      ['exchange', 'Enabled', 8],
    ];
    expect(planDate(told, { otherSkus: ['e1'] })).toBe(8);
    expect(planDate(told)).toBe(1);
    expect(planDate([['teams', 'Enabled', 1]], { otherSkus: ['e1'] })).toBe(1);
  });

  it('is not that of a plan which is switched off on this path', () => {
    expect(
      planDate(
        [
          ['exchange', 'Enabled', 1],
          ['teams', 'Enabled', 4],
        ],
        {},
        ['exchange'],
      ),
    ).toBe(4);
  });
});

describe('the date of the state', () => {
  it('is that of this product by this path', () => {
    const states = [
      { skuId: 'e3', path: GROUP, updatedAt: 1 },
      { skuId: 'visio', path: 'direct', updatedAt: 2 },
      { skuId: 'e3', path: 'direct', updatedAt: 3 },
    ];
    const known = facts({ dates: { userId: 'u', readAt: 9, plans: null, states } });
    expect(datesOf(e3(), known)).toMatchObject({ plan: null, state: 3, asOf: 9 });
    expect(datesOf(e3({ path: GROUP }), known).state).toBe(1);
    expect(datesOf(e3({ path: 'group-2' }), known).state).toBeNull();
  });
});

describe('the date of the record', () => {
  const came = (at: number, over: Partial<AuditEvent> = {}): AuditEvent =>
    anAuditEvent({
      at,
      operation: 'Change user license',
      licenses: { before: [], after: [{ skuId: 'e3', partNumber: null, disabledPlans: [] }] },
      ...over,
    });
  const licensed = { skuId: 'e3', partNumber: null, disabledPlans: [] };
  const byGroups = { kind: 'system' as const, id: null, name: 'Microsoft Azure AD Group-Based Licensing' };
  const joined = (at: number, id: string) =>
    came(at, { operation: 'Add member to group', licenses: null, group: { id, name: null } });
  const year = 365 * DAY_MS;

  it.each<[string, AuditEvent[], number | null]>([
    ['is the newest of before the first read', [came(year), came(2 * year)], 2 * year],
    ['is not that of a failure', [came(year, { result: 'failure' })], null],
    [
      'is not that of a record which shows the license on both sides',
      [came(year, { licenses: { before: [licensed], after: [licensed] } })],
      null,
    ],
    ['is not that of a record which shows no licenses', [came(year, { licenses: null })], null],
    ['is not that of a loss', [came(year, { licenses: { before: [licensed], after: [] } })], null],
    ['is not that of group licensing', [came(year, { actor: byGroups })], null],
    ['is not what came after it was there', [came(FIRST_READ + HOUR_MS)], null],
    ['may be a little late by the clock', [came(FIRST_READ + MINUTE_MS)], FIRST_READ + MINUTE_MS],
  ])('of a direct license %s', (_, events, expected) => {
    expect(datesOf(e3(), facts({ events })).record).toBe(expected);
  });

  it.each<[string, AuditEvent[], number | null]>([
    ['is when the user came into it', [joined(year, GROUP)], year],
    ['is not when the user came into another', [joined(year, 'group-2')], null],
    ['is when group licensing gave it', [came(year, { actor: byGroups })], year],
    ['is not that of a person', [came(year)], null],
  ])('of a license by a group %s', (_, events, expected) => {
    expect(datesOf(e3({ path: GROUP }), facts({ events })).record).toBe(expected);
  });

  it('is that of the beginning, not of the act that put a loss right', () => {
    const begin = { after: 2 * year, by: 2 * year + 10 * MINUTE_MS };
    const lost = { after: 3 * year, by: 3 * year + 10 * MINUTE_MS };
    const back = { after: 3 * year + 40 * MINUTE_MS, by: 3 * year + 50 * MINUTE_MS };
    const period = { from: begin, to: null, interruptions: [{ from: lost, to: back }] };
    const events = [came(year), came(2 * year + MINUTE_MS), came(3 * year + 45 * MINUTE_MS)];
    expect(datesOf(e3(), facts({ period, events }))).toMatchObject({
      record: 2 * year + MINUTE_MS,
      seen: begin,
      interruptedMs: 40 * MINUTE_MS,
    });
  });
});

describe('the date of our own reads', () => {
  it('is the first read of the account where no change tells of a beginning', () => {
    expect(datesOf(e3(), facts()).seen).toEqual({ after: null, by: FIRST_READ });
    expect(datesOf(e3(), facts()).asOf).toBeNull();
  });
});
