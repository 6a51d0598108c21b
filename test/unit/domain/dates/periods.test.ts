import { describe, expect, it } from 'vitest';
import { interruptedFor, periodNow, periodsOf } from '../../../../src/domain/dates/periods.ts';
import { DAY_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';

/** A read every ten minutes: what is seen at a time came in the ten minutes before. */
const seen = (minutes: number | null) =>
  minutes === null ? null : { after: (minutes - 10) * MINUTE_MS, by: minutes * MINUTE_MS };
type Part = [from: number | null, to: number | null];
const part = ([from, to]: Part) => ({ from: seen(from), to: seen(to) });
const DAYS = DAY_MS / MINUTE_MS;

/** Each period with its beginning and end, and how long it was interrupted, in minutes. */
const inMinutes = (parts: Part[]) =>
  periodsOf(parts.map(part)).map((period) => [
    period.from && period.from.by / MINUTE_MS,
    period.to && period.to.by / MINUTE_MS,
    interruptedFor(period) / MINUTE_MS,
  ]);

describe('periods', () => {
  it.each<[string, Part[], (number | null)[][]]>([
    ['of nothing', [], []],
    ['that began before the first read', [[null, null]], [[null, null, 0]]],
    [
      'of a loss that was put right',
      [
        [null, 100],
        [140, null],
      ],
      [[null, null, 40]],
    ],
    [
      'of two losses that were put right',
      [
        [20, 100],
        [140, 200],
        [230, null],
      ],
      [[20, null, 70]],
    ],
    [
      'in whatever order the parts come',
      [
        [140, null],
        [20, 100],
      ],
      [[20, null, 40]],
    ],
    [
      'of what ended in the end',
      [
        [20, 100],
        [140, 300],
      ],
      [[20, 300, 40]],
    ],
    [
      'with a gap of thirty days',
      [
        [20, 100],
        [100 + 30 * DAYS, null],
      ],
      [[20, null, 30 * DAYS]],
    ],
    [
      'with a longer gap are two',
      [
        [20, 100],
        [101 + 30 * DAYS, null],
      ],
      [
        [20, 100, 0],
        [101 + 30 * DAYS, null, 0],
      ],
    ],
    [
      'of two paths at a time are one',
      [
        [20, 200],
        [90, null],
      ],
      [[20, null, 0]],
    ],
    [
      'of a path that took over in the same read',
      [
        [20, 100],
        [100, null],
      ],
      [[20, null, 0]],
    ],
    [
      'of a path within another',
      [
        [20, null],
        [40, 60],
      ],
      [[20, null, 0]],
    ],
    [
      'of paths that were both missing',
      [
        [20, 100],
        [40, 90],
        [130, null],
      ],
      [[20, null, 30]],
    ],
  ])('%s', (_, parts, expected) => {
    expect(inMinutes(parts)).toEqual(expected);
  });

  it('that is held now is the one without an end', () => {
    expect(periodNow([part([20, 100]), part([140, null])])?.from).toEqual(seen(20));
    expect(periodNow([part([20, 100])])).toBeNull();
  });

  it('knows between which reads each interruption lies', () => {
    expect(periodsOf([part([null, 100]), part([140, null])])[0]?.interruptions).toEqual([
      { from: seen(100), to: seen(140) },
    ]);
  });
});
