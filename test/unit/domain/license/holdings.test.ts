import { describe, expect, it } from 'vitest';
import { type Holding, holdingsOf } from '../../../../src/domain/license/holdings.ts';
import { DIRECT } from '../../../../src/domain/license/user-state.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

const direct = anAssignment({ skuId: 'e3' });
const group = anAssignment({ skuId: 'e3', path: 'group-1' });
const failed = anAssignment({ skuId: 'e3', path: 'group-1', state: 'Error', error: 'CountViolation' });
const other = anAssignment({ skuId: 'e5' });
const off = anAssignment({ skuId: 'e3', disabledPlans: ['teams'] });

/** Seen between reads at `no` and `no` + 1. */
const change = (no: number, over: Parameters<typeof aChange>[0]) =>
  aChange({ id: `c${no}`, skuId: 'e3', observedBefore: no, observedAfter: no + 1, ...over });
const lost = (no: number) => change(no, { kind: 'lost', before: [direct], after: [] });
const gained = (no: number) => change(no, { kind: 'gained', before: [], after: [direct] });

/** "e3 direct 1-3", "?" where the beginning is not known. */
const brief = (holdings: readonly Holding[]) =>
  holdings.map(({ skuId, path, from, to }) => `${skuId} ${path} ${from?.by ?? '?'}-${to?.by ?? ''}`);

describe('what somebody has and had', () => {
  it.each<[string, Parameters<typeof anAssignment>[0][], ReturnType<typeof change>[], string[]]>([
    ['what no change touched was always there', [direct], [], [`e3 ${DIRECT} ?-`]],
    ['a loss ends what was there at first', [], [lost(1)], [`e3 ${DIRECT} ?-2`]],
    ['a gain begins', [direct], [gained(1)], [`e3 ${DIRECT} 2-`]],
    [
      'each time on its own',
      [direct],
      [lost(1), gained(3), lost(5), gained(7)],
      [`e3 ${DIRECT} 8-`, `e3 ${DIRECT} 4-6`, `e3 ${DIRECT} ?-2`],
    ],
    [
      'in whatever order the changes come',
      [direct],
      [gained(3), lost(1)],
      [`e3 ${DIRECT} 4-`, `e3 ${DIRECT} ?-2`],
    ],
    [
      'one path ends and the other goes on',
      [group],
      [change(1, { kind: 'path-changed', before: [direct, group], after: [group] })],
      ['e3 group-1 ?-', `e3 ${DIRECT} ?-2`],
    ],
    [
      'a swap ends one product and begins another',
      [other],
      [change(1, { kind: 'swap', newSkuId: 'e5', before: [direct], after: [other] })],
      [`e5 ${DIRECT} 2-`, `e3 ${DIRECT} ?-2`],
    ],
    [
      'other plans are the same license',
      [off],
      [change(1, { kind: 'plans-changed', before: [direct], after: [off] })],
      [`e3 ${DIRECT} ?-`],
    ],
    [
      'an error gives nothing',
      [failed],
      [change(1, { kind: 'never-granted', before: [], after: [failed] })],
      [],
    ],
    [
      'a deleted account ends everything',
      [direct, other],
      [change(1, { kind: 'account-removed', skuId: null, before: [direct, other], after: [] })],
      [`e3 ${DIRECT} ?-2`, `e5 ${DIRECT} ?-2`],
    ],
    [
      'a restored one begins anew',
      [direct],
      [
        change(1, { kind: 'account-removed', skuId: null, before: [direct], after: [] }),
        change(5, { kind: 'account-restored', skuId: null, before: [], after: [direct] }),
      ],
      [`e3 ${DIRECT} 6-`, `e3 ${DIRECT} ?-2`],
    ],
  ])('%s', (_name, assignments, changes, expected) => {
    const state = aUserState({ assignments: assignments.map((one) => anAssignment(one)) });
    expect(brief(holdingsOf(state, changes))).toEqual(expected);
  });

  it('plans that are switched off are those of the last change', () => {
    const changes = [change(1, { kind: 'plans-changed', before: [direct], after: [off] })];
    expect(holdingsOf(aUserState({ assignments: [off] }), changes)[0]?.disabledPlans).toEqual(['teams']);
  });
});
