import { describe, expect, it } from 'vitest';
import { diffTenant, isBelowUse, isForTheWorse } from '../../../../src/domain/license/diff-tenant.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';

const sku = aSkuState();
const between = (before: typeof sku | null, after: typeof sku | null) =>
  diffTenant(
    before ? [before, aSkuState({ skuId: 'other' })] : [aSkuState({ skuId: 'other' })],
    after ? [aSkuState({ skuId: 'other' }), after] : [aSkuState({ skuId: 'other' })],
  );

describe("the tenant's SKUs between two reads", () => {
  it.each([
    { name: 'nothing', before: sku, after: sku, kind: undefined },
    {
      name: 'status',
      before: sku,
      after: aSkuState({ capabilityStatus: 'Warning' }),
      kind: 'subscription-changed',
    },
    { name: 'seats', before: sku, after: aSkuState({ enabled: 8 }), kind: 'seats-changed' },
    { name: 'use only', before: sku, after: aSkuState({ consumed: 9 }), kind: undefined },
    {
      name: 'seats moved into grace, as many assignable as before',
      before: sku,
      after: aSkuState({ enabled: 4, warning: 6 }),
      kind: undefined,
    },
    {
      name: 'seats and status together',
      before: sku,
      after: aSkuState({ capabilityStatus: 'Suspended', enabled: 0, suspended: 10 }),
      kind: 'subscription-changed',
    },
    { name: 'the SKU is gone', before: sku, after: null, kind: 'subscription-changed' },
    { name: 'the SKU is new', before: null, after: sku, kind: 'subscription-changed' },
  ])('$name → $kind', ({ before, after, kind }) => {
    expect(between(before, after)[0]?.kind).toBe(kind);
  });

  it('a first read has nothing to compare with', () => {
    expect(diffTenant([], [sku])).toEqual([]);
  });

  it.each([
    {
      name: 'Enabled to Warning',
      before: sku,
      after: aSkuState({ capabilityStatus: 'Warning' }),
      worse: true,
    },
    {
      name: 'Warning to Enabled',
      before: aSkuState({ capabilityStatus: 'Warning' }),
      after: sku,
      worse: false,
    },
    { name: 'gone', before: sku, after: null, worse: true },
    { name: 'new', before: null, after: sku, worse: false },
  ])('$name is for the worse: $worse', ({ before, after, worse }) => {
    expect(between(before, after).map(isForTheWorse)).toEqual([worse]);
  });

  it('fewer seats than are used is below use, as many is not', () => {
    expect(between(sku, aSkuState({ enabled: 7 })).map(isBelowUse)).toEqual([true]);
    expect(between(sku, aSkuState({ enabled: 8 })).map(isBelowUse)).toEqual([false]);
  });
});
