import { describe, expect, it } from 'vitest';
import {
  productName,
  servicePlanIdOf,
  servicePlanIdsOf,
  servicePlanName,
  servicePlanOverlap,
  skuIdOfPartNumber,
} from '../../../../src/domain/license/catalogue.ts';
import { joinSwaps, swapFit } from '../../../../src/domain/license/swap.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';

const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const E5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';

describe('names of products and plans', () => {
  it.each<[string, string | null, string]>([
    [E3, null, 'Microsoft 365 E3'],
    [E3.toUpperCase(), 'WHATEVER', 'Microsoft 365 E3'],
    ['unknown-id', 'spe_e3', 'Microsoft 365 E3'],
    ['unknown-id', 'BRAND_NEW', 'BRAND_NEW'],
    ['unknown-id', null, 'unknown-id'],
    ['__proto__', null, '__proto__'],
  ])('%s with part number %s is %s', (skuId, partNumber, name) => {
    expect(productName(skuId, partNumber)).toBe(name);
  });

  it('a part number leads to its product', () => {
    expect(skuIdOfPartNumber('SPE_E3')).toBe(E3);
    expect(skuIdOfPartNumber('NO_SUCH')).toBeNull();
  });

  it('a plan is found by its id and by its name in the logs', () => {
    const teams = '57ff2da0-773e-42df-b2af-ffb7a2317929';
    expect(servicePlanIdOf('TEAMS1')).toBe(teams);
    expect(servicePlanIdOf(teams.toUpperCase())).toBe(teams);
    expect(servicePlanIdOf('NO_SUCH_PLAN')).toBeNull();
    expect(servicePlanName(teams)).toMatch(/teams/i);
  });

  it("the tenant's own list of plans wins, an empty one tells nothing", () => {
    expect(servicePlanIdsOf(E3, aSkuState({ planIds: ['p'] }))).toEqual(['p']);
    expect(servicePlanIdsOf(E3, aSkuState({ planIds: [] })).length).toBeGreaterThan(10);
  });
});

describe('products in place of others', () => {
  it.each([
    [['a', 'b'], ['a', 'b', 'c'], 1],
    [['a', 'b'], ['b', 'c', 'd'], 0.5],
    [[], ['a'], 0],
  ])('%j and %j share %d of the smaller', (a, b, part) => {
    expect(servicePlanOverlap(a, b)).toBe(part);
  });

  it('E3 and E5 are one product in two sizes, Visio and E3 are not', () => {
    expect(swapFit(E3, E5)).not.toBeNull();
    expect(swapFit(E5, E3)).not.toBeNull();
    expect(swapFit(VISIO, E3)).toBeNull();
  });

  it('a loss and a gain of different users are no swap', () => {
    const changes = [
      aChange({ userId: 'a', skuId: E3 }),
      aChange({ userId: 'b', skuId: E5, kind: 'gained' }),
    ];
    expect(joinSwaps(changes).map(({ kind }) => kind)).toEqual(['lost', 'gained']);
  });

  it('of two losses the one that fits best is the swap, the other stays a loss', () => {
    const changes = [
      aChange({ skuId: VISIO }),
      aChange({ skuId: E3 }),
      aChange({ skuId: E5, kind: 'gained' }),
    ];
    expect(joinSwaps(changes).map(({ kind, skuId, newSkuId }) => [kind, skuId, newSkuId])).toEqual([
      ['lost', VISIO, null],
      ['swap', E3, E5],
    ]);
  });
});
