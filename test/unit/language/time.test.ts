import { describe, expect, it } from 'vitest';
import { read, told } from './the-directory.ts';

const range = (said: string, timeZone?: string) =>
  told(read(`lost licenses ${said}`, timeZone ? { timeZone } : {})).range;

describe('a time is read, with now on Monday 23 November 2026 at 10:30', () => {
  it.each([
    ['today', '2026-11-23T00:00:00Z 2026-11-23T10:30:00Z'],
    ['yesterday', '2026-11-22T00:00:00Z 2026-11-23T00:00:00Z'],
    ['the day before yesterday', '2026-11-21T00:00:00Z 2026-11-22T00:00:00Z'],
    ['yesterday afternoon', '2026-11-22T12:00:00Z 2026-11-22T18:00:00Z'],
    ['on Friday', '2026-11-20T00:00:00Z 2026-11-21T00:00:00Z'],
    ['last Monday', '2026-11-16T00:00:00Z 2026-11-17T00:00:00Z'],
    ['since Friday', '2026-11-20T00:00:00Z 2026-11-23T10:30:00Z'],
    ['last week', '2026-11-16T00:00:00Z 2026-11-23T00:00:00Z'],
    ['this week', '2026-11-23T00:00:00Z 2026-11-23T10:30:00Z'],
    ['last weekend', '2026-11-21T00:00:00Z 2026-11-23T00:00:00Z'],
    ['last month', '2026-10-01T00:00:00Z 2026-11-01T00:00:00Z'],
    ['this month', '2026-11-01T00:00:00Z 2026-11-23T10:30:00Z'],
    ['last quarter', '2026-07-01T00:00:00Z 2026-10-01T00:00:00Z'],
    ['last year', '2025-01-01T00:00:00Z 2026-01-01T00:00:00Z'],
    ['in the last 7 days', '2026-11-16T10:30:00Z 2026-11-23T10:30:00Z'],
    ['in the past 24 hours', '2026-11-22T10:30:00Z 2026-11-23T10:30:00Z'],
    ['in the last 48h', '2026-11-21T10:30:00Z 2026-11-23T10:30:00Z'],
    ['over the past three months', '2026-08-23T10:30:00Z 2026-11-23T10:30:00Z'],
    ['5 days ago', '2026-11-18T00:00:00Z 2026-11-19T00:00:00Z'],
    ['in October', '2026-10-01T00:00:00Z 2026-11-01T00:00:00Z'],
    ['in December', '2025-12-01T00:00:00Z 2026-01-01T00:00:00Z'],
    ['in March 2025', '2025-03-01T00:00:00Z 2025-04-01T00:00:00Z'],
    ['in Q2', '2026-04-01T00:00:00Z 2026-07-01T00:00:00Z'],
    ['in 2025', '2025-01-01T00:00:00Z 2026-01-01T00:00:00Z'],
    ['on 12 November', '2026-11-12T00:00:00Z 2026-11-13T00:00:00Z'],
    ['on November 12th, 2025', '2025-11-12T00:00:00Z 2025-11-13T00:00:00Z'],
    ['on the 12th', '2026-11-12T00:00:00Z 2026-11-13T00:00:00Z'],
    ['on the 30th', '2026-10-30T00:00:00Z 2026-10-31T00:00:00Z'],
    ['on 2026-11-12', '2026-11-12T00:00:00Z 2026-11-13T00:00:00Z'],
    ['on 12.11.2026', '2026-11-12T00:00:00Z 2026-11-13T00:00:00Z'],
    ['on 12/11/26', '2026-11-12T00:00:00Z 2026-11-13T00:00:00Z'],
    ['on 11/20', '2026-11-20T00:00:00Z 2026-11-21T00:00:00Z'],
    ['since 1 November', '2026-11-01T00:00:00Z 2026-11-23T10:30:00Z'],
    ['since last week', '2026-11-16T00:00:00Z 2026-11-23T10:30:00Z'],
    ['since yesterday 14:00', '2026-11-22T14:00:00Z 2026-11-23T10:30:00Z'],
    ['since 9am', '2026-11-23T09:00:00Z 2026-11-23T10:30:00Z'],
    ['between 1 and 15 November', '2026-11-01T00:00:00Z 2026-11-16T00:00:00Z'],
    ['from Nov 3 to Nov 10', '2026-11-03T00:00:00Z 2026-11-11T00:00:00Z'],
    ['3-10 November', '2026-11-03T00:00:00Z 2026-11-11T00:00:00Z'],
    ['from Monday to Wednesday', '2026-11-16T00:00:00Z 2026-11-19T00:00:00Z'],
    ['before 1 November', '1970-01-01T00:00:00Z 2026-11-01T00:00:00Z'],
  ])('%s', (said, expected) => {
    expect(range(said)).toBe(expected);
  });

  it.each(['on 31 February', 'on 45/45/2026', 'in 99999 days of nonsense from 0'])(
    'not where there is none: %s',
    (said) => {
      expect(range(said)).toBeNull();
    },
  );
});

describe('a deadline is read', () => {
  it.each([
    ['until Friday', '2026-11-23T10:30:00Z 2026-11-28T00:00:00Z'],
    ['until tomorrow', '2026-11-23T10:30:00Z 2026-11-25T00:00:00Z'],
    ['until Monday', '2026-11-23T10:30:00Z 2026-12-01T00:00:00Z'],
    ['until 1 December', '2026-11-23T10:30:00Z 2026-12-02T00:00:00Z'],
    ['until 5 January', '2026-11-23T10:30:00Z 2027-01-06T00:00:00Z'],
    ['until tomorrow 9am', '2026-11-23T10:30:00Z 2026-11-24T09:00:00Z'],
    ['until the end of the month', '2026-11-23T10:30:00Z 2026-12-01T00:00:00Z'],
    ['for 4 hours', '2026-11-23T10:30:00Z 2026-11-23T14:30:00Z'],
  ])('%s', (said, expected) => {
    expect(told(read(`mute Rick ${said}`)).range).toBe(expected);
  });
});

describe('a length without a position is a number of days', () => {
  it.each([
    ['unused for 90 days', 90],
    ['unused for 3 months', 90],
    ['unused for a week', 7],
    ['unused for 90+ days', 90],
    ['what expires in the next 30 days', 30],
    ['what expires within two weeks', 14],
  ])('%s', (text, days) => {
    expect(told(read(text))).toMatchObject({ days, range: null });
  });
});

describe('days begin where the asker is', () => {
  it.each([
    ['yesterday', 'Europe/Amsterdam', '2026-11-21T23:00:00Z 2026-11-22T23:00:00Z'],
    ['yesterday', 'America/New_York', '2026-11-22T05:00:00Z 2026-11-23T05:00:00Z'],
    ['yesterday', 'Asia/Kolkata', '2026-11-21T18:30:00Z 2026-11-22T18:30:00Z'],
    // The clocks of Amsterdam went back on 25 October: that day has 25 hours.
    ['on 25 October', 'Europe/Amsterdam', '2026-10-24T22:00:00Z 2026-10-25T23:00:00Z'],
  ])('%s in %s', (said, timeZone, expected) => {
    expect(range(said, timeZone)).toBe(expected);
  });
});
