import { describe, expect, it } from 'vitest';
import {
  AUDITING_UNKNOWN,
  type Auditing,
  afterAnswer,
  afterRecord,
} from '../../../../src/domain/audit/auditing.ts';
import { silentSince } from '../../../../src/domain/audit/source-news.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';

const T = Date.UTC(2026, 9, 5, 10, 0);

type Event = { answer: 'on' | 'off' | null; at: number } | { record: 'on' | 'off'; at: number };

const after = (...events: Event[]): Auditing =>
  events.reduce<Auditing>(
    (auditing, event) =>
      'record' in event
        ? afterRecord(auditing, { state: event.record, at: event.at })
        : afterAnswer(auditing, { state: event.answer, at: event.at, detail: null }),
    AUDITING_UNKNOWN,
  );

describe('whether the tenant audits', () => {
  it.each<[string, Event[], Auditing['state'], number | null]>([
    ['is unknown before anything tells', [], 'unknown', null],
    ['is what the service says', [{ answer: 'on', at: T }], 'on', T],
    [
      'is known since the first answer of a row',
      [
        { answer: 'on', at: T },
        { answer: 'on', at: T + HOUR_MS },
      ],
      'on',
      T,
    ],
    [
      'is unknown, not on, when the service cannot be asked',
      [
        { answer: 'on', at: T },
        { answer: null, at: T + HOUR_MS },
      ],
      'unknown',
      null,
    ],
    [
      'stays off until somebody tells otherwise',
      [
        { answer: 'off', at: T },
        { answer: null, at: T + HOUR_MS },
      ],
      'off',
      T,
    ],
    [
      'is off at once by the record of the switch',
      [
        { answer: 'on', at: T },
        { record: 'off', at: T + MINUTE_MS },
      ],
      'off',
      T + MINUTE_MS,
    ],
    [
      'is off although the service does not know it yet',
      [
        { answer: 'on', at: T },
        { record: 'off', at: T + MINUTE_MS },
        { answer: 'on', at: T + 30 * MINUTE_MS },
      ],
      'off',
      T + MINUTE_MS,
    ],
    [
      'is on by an answer that is an hour younger than the switch',
      [
        { record: 'off', at: T },
        { answer: 'on', at: T + 61 * MINUTE_MS },
      ],
      'on',
      T + 61 * MINUTE_MS,
    ],
    [
      'is on again by the record of the switch, although the service lags',
      [
        { answer: 'off', at: T },
        { record: 'on', at: T + 3 * HOUR_MS },
        { answer: 'off', at: T + 3 * HOUR_MS + 10 * MINUTE_MS },
      ],
      'on',
      T + 3 * HOUR_MS,
    ],
    [
      'does not change by an old record that comes late',
      [
        { answer: 'on', at: T },
        { record: 'off', at: T - 5 * HOUR_MS },
      ],
      'on',
      T,
    ],
    [
      'goes by the newest record, in whatever order they come',
      [
        { record: 'on', at: T + MINUTE_MS },
        { record: 'off', at: T },
      ],
      'on',
      T + MINUTE_MS,
    ],
  ])('%s', (_name, events, state, since) => {
    expect(after(...events)).toMatchObject({ state, since });
  });
});

describe('a source that falls silent', () => {
  /** Records from 8 to 18 o'clock on the days from Monday, with Saturday and Sunday quiet. */
  const MONDAY = Date.UTC(2026, 8, 28);
  const hours = (days: number): number[] =>
    Array.from({ length: days }, (_day, day) => day)
      .filter((day) => day % 7 < 5)
      .flatMap((day) =>
        Array.from({ length: 10 }, (_hour, hour) => MONDAY + day * DAY_MS + (8 + hour) * HOUR_MS),
      );
  const end = MONDAY + 11 * DAY_MS + 18 * HOUR_MS;

  it.each<[string, number, number | null]>([
    ['is not silent over night', end + 14 * HOUR_MS, null],
    ['is not silent over a weekend, as it was quiet in the last one', end + 62 * HOUR_MS, null],
    ['is silent after half as long again as its longest pause', end + 96 * HOUR_MS, end],
  ])('%s', (_name, now, since) => {
    expect(silentSince(hours(12), now)).toBe(since);
  });

  it('says nothing of a source that seldom speaks', () => {
    expect(silentSince(hours(2), end + 100 * HOUR_MS)).toBeNull();
  });
});
