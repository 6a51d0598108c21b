import { describe, expect, it } from 'vitest';
import { outlookOf, withoutSeat } from '../../../../src/domain/spend/outlook.ts';
import { canBeWasted, isForResources, isFree } from '../../../../src/domain/spend/product-kind.ts';
import { seatsOf } from '../../../../src/domain/spend/seats.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { aSubscription } from '../../../builders/license/subscription.ts';

describe('the seats of a product', () => {
  const sku = (over: Parameters<typeof aSkuState>[0]) => aSkuState({ enabled: 10, consumed: 8, ...over });
  it.each([
    ['two of ten are assigned to nobody', sku({}), [], { paid: 10, trial: 0, assigned: 8, unassigned: 2 }],
    [
      'two subscriptions add up in the totals',
      sku({ enabled: 15 }),
      [aSubscription({ totalLicenses: 10 }), aSubscription({ id: 's2', totalLicenses: 5 })],
      { paid: 15, trial: 0, assigned: 8, unassigned: 7 },
    ],
    [
      'a trial costs nothing',
      sku({ enabled: 35 }),
      [aSubscription({ isTrial: true, totalLicenses: 25 })],
      { paid: 10, trial: 25, assigned: 8, unassigned: 10 },
    ],
    [
      'a trial that is over takes nothing off what is paid',
      sku({}),
      [aSubscription({ isTrial: true, status: 'Suspended', totalLicenses: 25 })],
      { paid: 10, trial: 0, assigned: 8, unassigned: 2 },
    ],
    [
      'a suspended product is neither paid for nor over-used',
      sku({ enabled: 0, suspended: 10 }),
      [aSubscription({ status: 'Suspended' })],
      { paid: 0, trial: 0, assigned: 8, unassigned: 0 },
    ],
    [
      'seats in their days of grace are not paid for',
      sku({ enabled: 0, warning: 10 }),
      [],
      { paid: 0, trial: 0, assigned: 8, unassigned: 0 },
    ],
    [
      'more assigned than bought leaves none over',
      sku({ consumed: 12 }),
      [],
      { paid: 10, trial: 0, assigned: 12, unassigned: 0 },
    ],
    [
      'a product of the whole tenant is assigned to nobody by design',
      sku({ appliesTo: 'Company', consumed: 0 }),
      [],
      { paid: 10, trial: 0, assigned: 0, unassigned: 0 },
    ],
  ])('%s', (_, state, subscriptions, seats) => {
    expect(seatsOf(state, subscriptions)).toEqual(seats);
  });
});

describe('a product', () => {
  it.each([
    ['FLOW_FREE', true],
    ['POWER_BI_STANDARD', true],
    ['POWERAPPS_VIRAL', true],
    ['Dynamics_365_Sales_Premium_Viral_Trial', true],
    ['Power_Pages_vTrial_for_Makers', true],
    ['PHONESYSTEM_VIRTUALUSER', true],
    ['SPE_E3', false],
    ['POWER_BI_PRO', false],
    ['VISIOCLIENT', false],
    ['VIRTUAL_AGENT_USL', false],
    ['STANDARDWOFFPACK_IW_FACULTY', false],
  ])('%s is free: %s', (partNumber, free) => {
    expect(isFree({ partNumber })).toBe(free);
    expect(canBeWasted({ partNumber, appliesTo: 'User' })).toBe(!free);
  });

  it('of the whole tenant is never waste', () => {
    expect(canBeWasted({ partNumber: 'WACONEDRIVEENTERPRISE', appliesTo: 'Company' })).toBe(false);
  });

  it.each([
    ['Microsoft_Teams_Rooms_Pro', true],
    ['MEETING_ROOM', true],
    ['MCOCAP', true],
    ['MCOMEETADV', false],
  ])('%s is for rooms and devices: %s', (partNumber, forResources) => {
    expect(isForResources({ partNumber })).toBe(forResources);
  });
});

describe('what lies ahead of a subscription', () => {
  it.each([
    ['Enabled', {}, 'term-ends'],
    ['Enabled', { isTrial: true }, 'trial-ends'],
    ['Enabled', { nextLifecycleAt: null }, 'open'],
    ['Enabled', { nextLifecycleAt: null, isTrial: true }, 'open'],
    ['Warning', {}, 'grace'],
    ['Warning', { isTrial: true }, 'grace'],
    ['Suspended', {}, 'off'],
    ['LockedOut', { nextLifecycleAt: null }, 'off'],
    ['Deleted', {}, 'gone'],
    ['SomethingNew', {}, 'term-ends'],
  ])('%s %j: %s', (status, over, outlook) => {
    expect(outlookOf(aSubscription({ status, ...over }))).toBe(outlook);
  });

  it.each([
    ['is the only one', { enabled: 10, consumed: 8 }, {}, 8],
    ['has a second one beside it', { enabled: 15, consumed: 8 }, {}, 3],
    ['is one of two that are both needed', { enabled: 20, consumed: 20 }, {}, 10],
    ['holds more users than seats', { enabled: 10, consumed: 12 }, {}, 10],
    ['gives no seat any more', { enabled: 0, suspended: 10, consumed: 8 }, { status: 'Suspended' }, 0],
    ['nobody holds', { enabled: 10, consumed: 0 }, {}, 0],
  ])('that %s', (_, sku, over, users) => {
    expect(withoutSeat(aSubscription(over), aSkuState(sku))).toBe(users);
  });

  it('of a product that is not known takes nothing from anybody', () => {
    expect(withoutSeat(aSubscription(), undefined)).toBe(0);
  });
});
