import { describe, expect, it } from 'vitest';
import { AUDITING_UNKNOWN } from '../../../../src/domain/audit/auditing.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import { ageLimit, type HealthFacts, judgeHealth } from '../../../../src/domain/health/health.ts';

const NOW = Date.UTC(2026, 9, 5, 10, 0);

const USUAL: HealthFacts = {
  now: NOW,
  databaseProblem: null,
  scan: { completeAt: NOW - 4 * MINUTE_MS, fullAt: NOW - 5 * HOUR_MS, misses: 0, reason: null },
  collection: { completeAt: NOW - 20_000, troubles: [], sources: 2 },
  auditing: { ...AUDITING_UNKNOWN, state: 'on', since: NOW - HOUR_MS, askedAt: NOW - 10 * MINUTE_MS },
  limits: { scan: 15 * MINUTE_MS, fullScan: 18 * HOUR_MS, collection: 15 * MINUTE_MS },
};

type Over = {
  databaseProblem?: string;
  scan?: Partial<HealthFacts['scan']>;
  collection?: Partial<HealthFacts['collection']>;
  auditing?: Partial<HealthFacts['auditing']>;
};

const judged = ({ scan, collection, auditing, ...over }: Over) =>
  judgeHealth({
    ...USUAL,
    ...over,
    scan: { ...USUAL.scan, ...scan },
    collection: { ...USUAL.collection, ...collection },
    auditing: { ...USUAL.auditing, ...auditing },
  });

const FORBIDDEN = { code: 'forbidden', message: 'Grant AuditLog.Read.All.' };
const THROTTLED = { code: 'throttled', message: 'Microsoft asked to wait.' };

describe('health', () => {
  it.each<[string, Over, boolean, string]>([
    ['all is fresh', {}, true, 'Last complete scan 4 min ago.'],
    ['the collection is seconds old', {}, true, 'Last collection 20 s ago.'],
    [
      'the database takes no writes',
      { databaseProblem: 'The database cannot be written.' },
      false,
      'The database cannot be written.',
    ],
    ['nothing was read yet', { scan: { completeAt: null, fullAt: null } }, false, 'No complete scan yet.'],
    [
      'one scan failed and the last good one is fresh',
      { scan: { misses: 1, reason: 'Graph asked to wait.' } },
      true,
      'Last complete scan 4 min ago. Graph asked to wait.',
    ],
    [
      'three scans in a row failed, whatever the age of the last good one',
      { scan: { completeAt: NOW - 30_000, misses: 3, reason: 'Graph asked to wait.' } },
      false,
      'Last complete scan 30 s ago. 3 scans in a row failed. Graph asked to wait.',
    ],
    [
      'a scan is just in time',
      { scan: { completeAt: NOW - 15 * MINUTE_MS } },
      true,
      'Last complete scan 15 min ago.',
    ],
    [
      'a scan is too old',
      { scan: { completeAt: NOW - 15 * MINUTE_MS - 1 } },
      false,
      'Last complete scan 15 min ago, more than 15 min.',
    ],
    [
      'quick scans go well and full ones do not',
      { scan: { fullAt: NOW - 19 * HOUR_MS } },
      false,
      'Last complete scan 4 min ago. Last scan of everybody 19 h ago, more than 18 h.',
    ],
    [
      'the clock was set back',
      { scan: { completeAt: NOW + 3 * HOUR_MS } },
      false,
      'The last complete scan lies 3 h in the future: was the clock set back?',
    ],
    [
      'another machine is a second ahead',
      { scan: { completeAt: NOW + 1_000 } },
      true,
      'Last complete scan 0 s ago.',
    ],
    [
      'the collection stopped',
      { collection: { completeAt: NOW - 16 * MINUTE_MS } },
      false,
      'Last collection 16 min ago, more than 15 min.',
    ],
    [
      'the collection lies in the future',
      { collection: { completeAt: NOW + MINUTE_MS } },
      false,
      'The last collection lies 1 min in the future: was the clock set back?',
    ],
    [
      'a log may not be read',
      { collection: { troubles: [FORBIDDEN] } },
      false,
      'Last collection 20 s ago. Grant AuditLog.Read.All.',
    ],
    [
      'one log is throttled',
      { collection: { troubles: [THROTTLED] } },
      true,
      'Last collection 20 s ago. Microsoft asked to wait.',
    ],
    [
      'all logs are throttled',
      { collection: { troubles: [THROTTLED, THROTTLED] } },
      false,
      'Last collection 20 s ago. Microsoft asked to wait. Microsoft asked to wait.',
    ],
    ['auditing is off', { auditing: { state: 'off' } }, false, 'Auditing is switched off in this tenant.'],
    [
      'nothing tells of auditing',
      { auditing: { state: 'unknown', detail: 'No connection.' } },
      true,
      'Whether auditing is on is not known. No connection.',
    ],
  ])('when %s', (_name, over, ok, detail) => {
    const { ok: all, checks } = judged(over);
    expect(checks.map((check) => check.detail)).toContain(detail);
    expect(all).toBe(ok);
  });

  it('checks database, scan, collection and auditing, in this order', () => {
    expect(judged({}).checks.map(({ name }) => name)).toEqual(['database', 'scan', 'collection', 'auditing']);
  });
});

describe('how old a good run may be', () => {
  it.each([
    ['three pauses', [0, 5 * MINUTE_MS, 10 * MINUTE_MS], 15 * MINUTE_MS],
    ['never less than five minutes', [0, 10_000, 20_000], 5 * MINUTE_MS],
    ['three of the longest pause', [0, HOUR_MS, 3 * HOUR_MS, 4 * HOUR_MS], 6 * HOUR_MS],
  ])('%s', (_name, runs, limit) => expect(ageLimit(runs)).toBe(limit));
});
