import { describe, expect, it } from 'vitest';
import { quietUntil, readQuietHours } from '../../../../src/domain/routing/quiet-hours.ts';
import { nextAt } from '../../../../src/domain/routing/wall-time.ts';

function until(quiet: string, at: string, timeZone = 'Europe/Amsterdam'): string | null {
  const read = readQuietHours(quiet);
  if (!read.ok) throw new Error(read.problem);
  const end = quietUntil(read.value, Date.parse(at), timeZone);
  return end === null ? null : new Date(end).toISOString();
}

describe('when the quiet ends', () => {
  it.each<[string, quiet: string, at: string, until: string | null]>([
    ['before it begins', '22:00-07:00', '2026-11-30T20:59:59Z', null],
    ['when it begins', '22:00-07:00', '2026-11-30T21:00:00Z', '2026-12-01T06:00:00.000Z'],
    ['after midnight', '22:00-07:00', '2026-12-01T02:00:00Z', '2026-12-01T06:00:00.000Z'],
    ['in its last second', '22:00-07:00', '2026-12-01T05:59:59Z', '2026-12-01T06:00:00.000Z'],
    ['when it ends', '22:00-07:00', '2026-12-01T06:00:00Z', null],
    ['within a day', '12:00-13:00', '2026-12-01T11:30:00Z', '2026-12-01T12:00:00.000Z'],
    ['on a Friday night', 'Mon-Fri 22:00-07:00', '2026-12-04T23:00:00Z', '2026-12-05T06:00:00.000Z'],
    [
      'on the Saturday morning after it',
      'Mon-Fri 22:00-07:00',
      '2026-12-05T05:00:00Z',
      '2026-12-05T06:00:00.000Z',
    ],
    ['on a Saturday night that is not listed', 'Mon-Fri 22:00-07:00', '2026-12-05T23:00:00Z', null],
    [
      'over a weekend',
      'Fri 18:00-24:00, Sat-Sun 00:00-24:00, Mon 00:00-07:00',
      '2026-12-04T20:00:00Z',
      '2026-12-07T06:00:00.000Z',
    ],
    [
      'from Friday to Monday by days that go over Sunday',
      'Fri-Mon 22:00-07:00',
      '2026-12-06T23:00:00Z',
      '2026-12-07T06:00:00.000Z',
    ],
    [
      'stretches that overlap',
      '20:00-23:00, 22:00-07:00',
      '2026-12-01T19:30:00Z',
      '2026-12-02T06:00:00.000Z',
    ],
    [
      'clocks go back: the night is an hour longer',
      '22:00-07:00',
      '2026-10-24T20:00:00Z',
      '2026-10-25T06:00:00.000Z',
    ],
    [
      'clocks go back: the hour that comes twice',
      '22:00-07:00',
      '2026-10-25T01:30:00Z',
      '2026-10-25T06:00:00.000Z',
    ],
    [
      'clocks go back: an end within that hour is its second one',
      '22:00-02:30',
      '2026-10-25T00:45:00Z',
      '2026-10-25T01:30:00.000Z',
    ],
    [
      'clocks go back: a beginning within it is its first one',
      '02:30-07:00',
      '2026-10-25T00:30:00Z',
      '2026-10-25T06:00:00.000Z',
    ],
    [
      'clocks go forward: the night is an hour shorter',
      '22:00-07:00',
      '2026-03-28T21:00:00Z',
      '2026-03-29T05:00:00.000Z',
    ],
    [
      'clocks go forward: an end that is skipped',
      '22:00-02:30',
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'clocks go forward: a beginning that is skipped',
      '02:30-07:00',
      '2026-03-29T01:00:00Z',
      '2026-03-29T05:00:00.000Z',
    ],
    ['clocks go forward: not before it', '02:30-07:00', '2026-03-29T00:59:59Z', null],
    ['the first morning after a change', '22:00-07:00', '2026-03-29T05:00:00Z', null],
    ['the night after a change', '22:00-07:00', '2026-03-29T20:00:00Z', '2026-03-30T05:00:00.000Z'],
  ])('%s', (_, quiet, at, expected) => {
    expect(until(quiet, at)).toBe(expected);
  });

  it.each([
    ['America/New_York', '2026-11-01T05:30:00Z', '2026-11-01T12:00:00.000Z'],
    ['America/New_York', '2026-03-08T06:30:00Z', '2026-03-08T11:00:00.000Z'],
    ['Asia/Kolkata', '2026-06-01T20:00:00Z', '2026-06-02T01:30:00.000Z'],
    ['Pacific/Auckland', '2026-04-04T13:30:00Z', '2026-04-04T19:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-04T14:30:00Z', '2026-04-04T20:30:00.000Z'],
    ['UTC', '2026-06-01T23:00:00Z', '2026-06-02T07:00:00.000Z'],
  ])('goes by the wall of %s at %s', (timeZone, at, expected) => {
    expect(until('22:00-07:00', at, timeZone)).toBe(expected);
  });
});

describe('what are no quiet hours', () => {
  it.each([
    ['nights', '“nights” are no quiet hours: write it as 22:00-07:00'],
    ['22:00', '“22:00” are no quiet hours'],
    ['22:60-07:00', 'are no quiet hours'],
    ['25:00-07:00', 'are no quiet hours'],
    ['22:00-22:00', 'begins when it ends'],
    ['00:00-24:00', 'is quiet the whole week'],
    ['22:00-10:00, 09:00-23:00', 'is quiet the whole week'],
    ['22:00-07:00,', '“” are no quiet hours'],
  ])('%s', (text, why) => {
    const read = readQuietHours(text);
    expect(read.ok ? 'read' : read.problem).toContain(why);
  });
});

describe('when the next digest comes', () => {
  it.each<[string, at: string, minutes: number, next: string]>([
    ['later today', '2026-12-01T06:00:00Z', 8 * 60, '2026-12-01T07:00:00.000Z'],
    ['tomorrow, at the minute itself', '2026-12-01T07:00:00Z', 8 * 60, '2026-12-02T07:00:00.000Z'],
    ['over the change to winter', '2026-10-24T07:00:00Z', 8 * 60, '2026-10-25T07:00:00.000Z'],
    ['over the change to summer', '2026-03-28T08:00:00Z', 8 * 60, '2026-03-29T06:00:00.000Z'],
    ['in an hour that comes twice, once', '2026-10-25T00:30:00Z', 2 * 60 + 30, '2026-10-26T01:30:00.000Z'],
    ['in an hour that is skipped', '2026-03-29T00:00:00Z', 2 * 60 + 30, '2026-03-29T01:00:00.000Z'],
  ])('%s', (_, at, minutes, next) => {
    expect(new Date(nextAt(minutes, Date.parse(at), 'Europe/Amsterdam')).toISOString()).toBe(next);
  });
});
