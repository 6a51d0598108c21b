import { expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../src/domain/durations.ts';
import { createCallLimit } from '../../../../src/teams/model/call-limit.ts';

it('one person may call so often in any minute', () => {
  const mayCall = createCallLimit({ perMinute: 100, perPerson: 2 });
  expect([0, 30_000, 59_999].map((at) => mayCall('rick', at))).toEqual([true, true, false]);
  // The first call is a minute old; what was refused does not count.
  expect([MINUTE_MS, 60_001].map((at) => mayCall('rick', at))).toEqual([true, false]);
});

it('others are not held up by it, until all together have called too often', () => {
  const mayCall = createCallLimit({ perMinute: 3, perPerson: 1 });
  expect(['rick', 'rick', 'adele', null, null, 'ines'].map((person) => mayCall(person, 0))).toEqual([
    true,
    false,
    true,
    true,
    false,
    false,
  ]);
});
