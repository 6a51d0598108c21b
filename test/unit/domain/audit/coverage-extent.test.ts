import { expect, it } from 'vitest';
import { extentOf } from '../../../../src/domain/audit/coverage-extent.ts';
import { type CoverageWindow, plannedWindow } from '../../../../src/domain/audit/coverage-window.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';

const OPENED = 100 * HOUR_MS;
const opened = (readTo: number): CoverageWindow => ({
  ...plannedWindow(OPENED, OPENED + 4 * HOUR_MS, readTo),
  status: 'pending',
  readTo,
});

it.each([
  { minutes: 1, complete: null },
  { minutes: 89, complete: null },
  { minutes: 90, complete: OPENED },
  { minutes: 120, complete: OPENED + 30 * MINUTE_MS },
])(
  'a log opened $minutes minutes ago is complete to no time before its beginning',
  ({ minutes, complete }) => {
    expect(extentOf('activity', [opened(OPENED + minutes * MINUTE_MS)], null)).toEqual({
      source: 'activity',
      completeTo: complete,
      completeFrom: OPENED,
    });
  },
);
