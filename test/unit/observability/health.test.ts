import { describe, expect, it } from 'vitest';
import { type ReadinessFacts, readiness } from '../../../src/observability/health.ts';

const NOW = Date.UTC(2026, 9, 5, 10, 0);
const MINUTE = 60_000;

function facts(overrides: Partial<ReadinessFacts> = {}): ReadinessFacts {
  return {
    now: NOW,
    databaseProblem: null,
    lastCompleteScanAt: NOW - 4 * MINUTE,
    scanProblem: null,
    lastCollectionAt: NOW - 20_000,
    collectionProblem: null,
    limits: { scanAge: 15 * MINUTE, collectionAge: 15 * MINUTE },
    ...overrides,
  };
}

describe('readiness', () => {
  it.each<[string, Partial<ReadinessFacts>, boolean, string]>([
    ['all is fresh', {}, true, 'Last complete scan 4 min ago.'],
    ['the collection is seconds old', {}, true, 'Last collection 20 s ago.'],
    ['the database is gone', { databaseProblem: 'disk I/O error' }, false, 'disk I/O error'],
    ['nothing was read yet', { lastCompleteScanAt: null }, false, 'No complete scan yet.'],
    [
      'the first scan failed',
      { lastCompleteScanAt: null, scanProblem: 'Grant User.Read.All.' },
      false,
      'No complete scan yet. Grant User.Read.All.',
    ],
    [
      'one scan failed and the last good one is fresh',
      { scanProblem: 'Graph asked to wait.' },
      true,
      'Last complete scan 4 min ago. Graph asked to wait.',
    ],
    [
      'a scan is just in time',
      { lastCompleteScanAt: NOW - 15 * MINUTE },
      true,
      'Last complete scan 15 min ago.',
    ],
    [
      'a scan is too old',
      { lastCompleteScanAt: NOW - 15 * MINUTE - 1 },
      false,
      'Last complete scan 15 min ago, more than 15 min.',
    ],
    [
      'the collection stopped hours ago',
      { lastCollectionAt: NOW - 300 * MINUTE, collectionProblem: 'Auditing is off.' },
      false,
      'Last collection 5 h ago, more than 15 min. Auditing is off.',
    ],
    ['the clock went back', { lastCompleteScanAt: NOW + MINUTE }, true, 'Last complete scan 0 s ago.'],
  ])('when %s', (_name, overrides, ok, detail) => {
    const result = readiness(facts(overrides));
    expect(result.ok).toBe(ok);
    expect(result.checks.map((check) => check.detail)).toContain(detail);
  });

  it('checks database, scan and collection, in this order', () => {
    expect(readiness(facts()).checks.map((check) => check.name)).toEqual(['database', 'scan', 'collection']);
  });
});
