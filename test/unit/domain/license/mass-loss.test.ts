import { describe, expect, it } from 'vitest';
import { isMassLoss, usersWithLosses } from '../../../../src/domain/license/mass-loss.ts';
import { aChange } from '../../../builders/license/license-change.ts';

describe('the mass-loss guard', () => {
  it.each([
    {
      losers: 9,
      licensed: 9,
      limit: 10,
      want: false,
      why: 'a handful is told at once, even in a tiny tenant',
    },
    { losers: 10, licensed: 100, limit: 10, want: true, why: 'a tenth of the tenant must be read twice' },
    { losers: 10, licensed: 101, limit: 10, want: false, why: 'just under the limit' },
    { losers: 5_000, licensed: 100_000, limit: 5, want: true, why: 'a lower limit holds earlier' },
    { losers: 40, licensed: 0, limit: 10, want: true, why: 'more losers than were licensed is surely odd' },
  ])('$losers of $licensed at $limit %: $want ($why)', ({ losers, licensed, limit, want }) => {
    expect(isMassLoss(losers, licensed, limit)).toBe(want);
  });

  it('counts users, not licenses, and only losses', () => {
    const changes = [
      aChange(),
      aChange({ skuId: 'x' }),
      aChange({ userId: 'b', kind: 'gained' }),
      aChange({ userId: 'c', kind: 'account-removed' }),
    ];
    expect(usersWithLosses(changes)).toBe(2);
  });
});
