import { describe, expect, it } from 'vitest';
import { skuIdOfPartNumber } from '../../../../src/domain/license/catalogue.ts';
import { containedLookup, containedPairs } from '../../../../src/domain/spend/contained.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

const sku = (partNumber: string): string => skuIdOfPartNumber(partNumber) ?? partNumber;
const holding = (...assignments: Parameters<typeof anAssignment>[0][]) =>
  aUserState({ assignments: assignments.map((one) => anAssignment(one)) });
const contained = containedLookup([]);
const AUDIO_CONFERENCING = '3e26ee1f-8a5f-4d52-aee2-b81ce45c8f40';

describe('a product that another one contains', () => {
  it.each([
    ['VISIOONLINE_PLAN1', 'VISIOCLIENT'],
    ['ENTERPRISEPACK', 'SPE_E3'],
    ['POWER_BI_PRO', 'SPE_E5'],
    ['EMS', 'SPE_E3'],
    ['MCOMEETADV', 'SPE_E5'],
  ])('%s is in %s', (small, large) => {
    const user = holding({ skuId: sku(small) }, { skuId: sku(large) });
    expect(contained(user)).toEqual([{ skuId: sku(small), inSkuId: sku(large) }]);
  });

  it.each([
    ['POWER_BI_PRO', 'SPE_E3'],
    ['VISIOCLIENT', 'SPE_E5'],
    ['SPE_E3', 'SPE_E5'],
  ])('%s is not in %s', (small, large) => {
    expect(contained(holding({ skuId: sku(small) }, { skuId: sku(large) }))).toEqual([]);
  });

  it('is needed where the larger one has its service switched off', () => {
    const user = holding(
      { skuId: sku('MCOMEETADV') },
      { skuId: sku('SPE_E5'), disabledPlans: [AUDIO_CONFERENCING] },
    );
    expect(contained(user)).toEqual([]);
  });

  it('is not needed where the larger one has its service on by one of two paths', () => {
    const user = holding(
      { skuId: sku('MCOMEETADV') },
      { skuId: sku('SPE_E5'), disabledPlans: [AUDIO_CONFERENCING] },
      { skuId: sku('SPE_E5'), path: 'group-1' },
    );
    expect(contained(user)).toEqual([{ skuId: sku('MCOMEETADV'), inSkuId: sku('SPE_E5') }]);
  });

  it('is needed where the larger one is in error', () => {
    const user = holding({ skuId: sku('POWER_BI_PRO') }, { skuId: sku('SPE_E5'), state: 'Error' });
    expect(contained(user)).toEqual([]);
  });

  it('is named once of two that give the same, by what the tenant says of them', () => {
    const twins = containedLookup(['a', 'b'].map((skuId) => aSkuState({ skuId, planIds: ['p1', 'p2'] })));
    expect(twins(holding({ skuId: 'a' }, { skuId: 'b' }))).toEqual([{ skuId: 'a', inSkuId: 'b' }]);
  });

  it('has services: one of which nothing is known contains nothing and is in nothing', () => {
    expect(contained(holding({ skuId: 'unknown' }, { skuId: sku('SPE_E3') }))).toEqual([]);
  });
});

describe('the products of a tenant', () => {
  it('are paired where one is sold with all that another has', () => {
    const skus = ['VISIOONLINE_PLAN1', 'VISIOCLIENT', 'POWER_BI_PRO'].map((partNumber) =>
      aSkuState({ skuId: sku(partNumber), partNumber }),
    );
    expect(containedPairs(skus)).toEqual([{ skuId: sku('VISIOONLINE_PLAN1'), inSkuId: sku('VISIOCLIENT') }]);
  });
});
