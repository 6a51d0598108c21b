import { describe, expect, it, vi } from 'vitest';
import { isTimeZone, perZone, utcMinute, utcSecond } from '../../../src/domain/time-formats.ts';
import { instructions } from '../../../src/teams/model/prompt.ts';

const AT = Date.parse('2026-03-05T23:25:07Z');

describe('a format of times', () => {
  it('is built once a time zone', () => {
    const formatOf = perZone({ hour: '2-digit', minute: '2-digit' });
    const built = vi.spyOn(Intl, 'DateTimeFormat');
    try {
      const texts = ['Europe/Amsterdam', 'Asia/Tokyo', 'Europe/Amsterdam'].map((zone) =>
        formatOf(zone).format(AT),
      );
      expect(texts).toEqual(['00:25', '08:25', '00:25']);
      expect(built).toHaveBeenCalledTimes(2);
    } finally {
      built.mockRestore();
    }
  });

  it('refuses a zone that the runtime does not know, each time', () => {
    const formatOf = perZone({ day: 'numeric' });
    for (const _ of [1, 2]) expect(() => formatOf('Middle-earth/Shire')).toThrow(RangeError);
  });
});

it.each([
  ['Europe/Amsterdam', true],
  ['UTC', true],
  ['Middle-earth/Shire', false],
  ['', false],
])('knows whether %j is a time zone', (name, known) => {
  expect(isTimeZone(name)).toBe(known);
});

it('writes UTC to the second and to the minute', () => {
  expect([utcSecond(AT), utcMinute(AT)]).toEqual(['2026-03-05 23:25:07', '2026-03-05 23:25']);
});

it('gives the model the day of the person who asks', () => {
  expect(instructions({ now: AT, timeZone: 'Asia/Tokyo' })).toContain('Today is Friday, 2026-03-06,');
});
