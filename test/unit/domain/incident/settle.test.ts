import { describe, expect, it } from 'vitest';
import { settle } from '../../../../src/domain/incident/settle.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const E5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const related = (a: string, b: string): boolean => new Set([a, b, E3, E5]).size === 2;

const cases = [
  { name: 'a loss that stands is told', held: [], later: [], want: 'tell' },
  { name: 'a loss that came back by itself is history', held: [E3], later: [], want: 'healed' },
  { name: 'a loss followed by a related product is a swap', held: [E5], later: [E5], want: 'swapped' },
  { name: 'a loss followed by an unrelated product is told', held: [VISIO], later: [VISIO], want: 'tell' },
  { name: 'a related product that went again is no swap', held: [], later: [E5], want: 'tell' },
] as const;

describe('settling a change', () => {
  it.each(cases)('$name', ({ held, later, want }) => {
    const now = aUserState({ assignments: held.map((skuId) => anAssignment({ skuId })) });
    const gained = later.map((skuId) => aChange({ kind: 'gained', skuId }));
    expect(settle(aChange(), now, gained, related)).toBe(want);
  });

  it('tells of a deleted account, and not of one that is back', () => {
    const removed = aChange({ kind: 'account-removed', skuId: null });
    expect(settle(removed, null, [], related)).toBe('tell');
    expect(settle(removed, aUserState(), [], related)).toBe('healed');
  });

  it('tells of a subscription at once', () => {
    expect(settle(aChange({ kind: 'subscription-changed', userId: null }), null, [], related)).toBe('tell');
  });
});
