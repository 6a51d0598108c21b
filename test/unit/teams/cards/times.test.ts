import { describe, expect, it } from 'vitest';
import { timesIn } from '../../../../src/teams/cards/times.ts';

const at = Date.UTC(2026, 2, 5, 9, 25, 7);

describe('times on a card', () => {
  it('are written in the zone of who reads them', () => {
    expect(timesIn('Europe/Amsterdam', 'UTC').dateTime(at)).toBe('5 March 2026, 10:25');
    expect(timesIn('America/New_York', 'UTC').short(at)).toBe('5 Mar, 04:25');
  });

  it('fall back when the client sends a zone that does not exist', () => {
    expect(timesIn('Mars/Olympus', 'Europe/Amsterdam').zone).toBe('Europe/Amsterdam');
    expect(timesIn(null, 'Nowhere/Either').zone).toBe('UTC');
  });

  it('name the day once when both ends are on it, as it is in that zone', () => {
    const times = timesIn('Europe/Amsterdam', 'UTC');
    expect(times.between(at - 1_200_000, at)).toBe('5 March 2026, between 10:05 and 10:25');
    const lateEvening = Date.UTC(2026, 2, 5, 22, 50);
    expect(times.between(lateEvening, lateEvening + 1_200_000)).toBe(
      'Between 5 March 2026, 23:50 and 6 March 2026, 00:10',
    );
  });

  it('can be compared with logs in UTC', () => {
    expect(timesIn('Asia/Tokyo', 'UTC').utc(at)).toBe('2026-03-05 09:25:07 UTC');
  });
});
