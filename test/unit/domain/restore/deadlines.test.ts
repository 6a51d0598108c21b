import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import { servicePlanIdOf, skuIdOfPartNumber } from '../../../../src/domain/license/catalogue.ts';
import { deadlinesOf } from '../../../../src/domain/restore/deadlines.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { type RestoreFactsInput, someRestoreFacts } from '../../../builders/restore/restore-facts.ts';

const NORA = aUserState();
const OMAR = aUserState({ id: '11111111-0000-4000-8000-000000000002', displayName: 'Omar Haddad' });
const sku = (partNumber: string): string => skuIdOfPartNumber(partNumber) ?? partNumber;
const plan = (name: string): string => servicePlanIdOf(name) ?? name;
const exchange = plan('EXCHANGE_S_ENTERPRISE');
const sharePoint = plan('SHAREPOINTENTERPRISE');

/** "2026-12-23 The mailbox of …" */
const told = (input: RestoreFactsInput): string[] =>
  deadlinesOf(someRestoreFacts(input)).map(
    ({ at, what }) => `${new Date(at).toISOString().slice(0, 10)} ${what}`,
  );

describe('deadlines while a license is gone', () => {
  it('are those of the mailbox and the OneDrive, from the last read that saw the license', () => {
    expect(told({ changes: [aChange()], present: [NORA] })).toEqual([
      '2026-12-23 The mailbox of Nora Lindqvist is deleted, unless it is on hold',
      '2027-01-22 The OneDrive of Nora Lindqvist becomes read-only',
      '2027-02-24 The OneDrive of Nora Lindqvist is archived and can’t be opened',
    ]);
    expect(deadlinesOf(someRestoreFacts({ changes: [aChange()], present: [NORA] }))[0]?.at).toBe(
      aChange().observedBefore + 30 * DAY_MS,
    );
  });

  it('are told together for users who lost it on the same day', () => {
    const changes = [aChange(), aChange({ id: 'change-2', userId: OMAR.id })];
    expect(told({ changes, present: [NORA, OMAR] })).toEqual([
      '2026-12-23 2 mailboxes are deleted, unless they are on hold',
      '2027-01-22 2 OneDrives become read-only',
      '2027-02-24 2 OneDrives are archived and can’t be opened',
    ]);
  });

  it.each([
    { name: 'are none for a user who has the license again', has: [anAssignment()], days: [] },
    {
      name: 'are not the mailbox’s where another license has one',
      has: [anAssignment({ skuId: sku('EXCHANGESTANDARD') })],
      days: ['2027-01-22', '2027-02-24'],
    },
    {
      name: 'are the mailbox’s where the other license has it switched off',
      has: [anAssignment({ skuId: sku('SPE_E5'), disabledPlans: [exchange] })],
      days: ['2026-12-23'],
    },
    {
      name: 'are the mailbox’s where the other license is in error',
      has: [anAssignment({ skuId: sku('EXCHANGESTANDARD'), state: 'Error', error: 'CountViolation' })],
      days: ['2026-12-23', '2027-01-22', '2027-02-24'],
    },
  ])('$name', ({ has, days }) => {
    const present = [aUserState({ assignments: has })];
    expect(told({ changes: [aChange()], present }).map((text) => text.slice(0, 10))).toEqual(days);
  });

  it('are none of what was switched off when the license was lost', () => {
    const before = [anAssignment({ disabledPlans: [exchange, sharePoint] })];
    expect(told({ changes: [aChange({ before })], present: [NORA] })).toEqual([]);
  });

  it('are also those of a service plan that was switched off', () => {
    const off = anAssignment({ disabledPlans: [exchange] });
    const change = aChange({ kind: 'plans-changed', before: [anAssignment()], after: [off] });
    expect(told({ changes: [change], present: [aUserState({ assignments: [off] })] })).toEqual([
      '2026-12-23 The mailbox of Nora Lindqvist is deleted, unless it is on hold',
    ]);
  });

  it('believe the tenant about the plans in a product', () => {
    const skus = [aSkuState({ planIds: [sharePoint] })];
    expect(told({ changes: [aChange()], present: [NORA], skus })).toHaveLength(2);
  });

  it('are not counted for schools, where Microsoft archives no OneDrive', () => {
    const skus = [aSkuState({ planIds: [plan('SHAREPOINTENTERPRISE_EDU')] })];
    expect(told({ changes: [aChange()], present: [NORA], skus })).toEqual([]);
  });

  it('are that of the account where the account is deleted', () => {
    const change = aChange({ kind: 'account-removed', skuId: null });
    expect(told({ changes: [change], removedAt: { [NORA.id]: change.observedAfter } })).toEqual([
      '2026-12-23 The account of Nora Lindqvist is deleted for good, with its mailbox',
    ]);
  });

  it('are left out once they are past', () => {
    const now = Date.parse('2027-01-30T00:00:00Z');
    expect(told({ changes: [aChange()], present: [NORA], now })).toEqual([
      '2027-02-24 The OneDrive of Nora Lindqvist is archived and can’t be opened',
    ]);
  });

  it('count from the last loss of what came back in between', () => {
    const later = aChange({
      id: 'change-2',
      observedBefore: Date.parse('2026-11-24T08:00:00Z'),
      observedAfter: Date.parse('2026-11-24T08:15:00Z'),
    });
    expect(told({ changes: [later, aChange()], present: [NORA] })[0]).toMatch(/^2026-12-24/);
  });
});
