import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { DETECTIONS, DETECTIONS_PAGE, withDetections } from '../../../scripts/detections-table.ts';
import { createDetector, type RuleMatch } from '../../../src/domain/detection/evaluate.ts';
import { firingsOf } from '../../../src/domain/detection/firings.ts';
import { createViewer, viewOf } from '../../../src/domain/detection/records/view-of.ts';
import { DETECTION_CLASSES } from '../../../src/domain/detection/rule.ts';
import { readRules } from '../../../src/rule-files/read-rules.ts';

const ruleSet = await readRules([DETECTIONS]);
const rules = [...ruleSet.events, ...ruleSet.correlations];
const files = globSync('*/*.yml', { cwd: DETECTIONS }).sort();

const recordsIn = (file: string, kind: 'fires' | 'quiet'): string[] =>
  readFileSync(path.join(DETECTIONS, file.replace(/yml$/, `${kind}.ndjson`)), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

function matchesIn(records: readonly string[]): RuleMatch[] {
  const detector = createDetector(ruleSet, createViewer());
  return records.flatMap((record) => detector.matchesOf(record, viewOf(record)?.operation ?? ''));
}

const ruleOf = (file: string) => rules.find(({ name }) => name === path.basename(file, '.yml'));

describe('the shipped rules', () => {
  test('load without a problem, each from a file of its name in the folder of its class', () => {
    expect(ruleSet.problems).toEqual([]);
    expect(rules.map((rule) => `${rule.class}/${rule.name}.yml`).sort()).toEqual(
      files.map((file) => file.replaceAll('\\', '/')),
    );
  });

  test('have ids, a description and what may be harmless, and records that fire and that do not', () => {
    for (const rule of rules) {
      expect(rule.id, rule.title).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(rule.description.length, rule.title).toBeGreaterThan(20);
      expect(rule.falsePositives, rule.title).not.toEqual([]);
    }
    for (const file of files) {
      for (const kind of ['fires', 'quiet']) {
        expect(
          existsSync(path.join(DETECTIONS, file.replace(/yml$/, `${kind}.ndjson`))),
          `${file}: ${kind}`,
        ).toBe(true);
      }
    }
  });

  test('cover every class, each with something that gets a card or is in the morning’s digest', () => {
    const telling = new Set(rules.filter(({ tells }) => tells).map((rule) => rule.class));
    expect([...telling].sort()).toEqual([...DETECTION_CLASSES].sort());
  });

  test('ask for an operation first, so that most records are never looked into', () => {
    const unindexed = ruleSet.events.filter((rule) => rule.canMatch('fileaccessed'));
    expect(unindexed.map(({ name }) => name)).toEqual([]);
  });

  test('are listed on their page as they are (node scripts/detections-table.ts writes it)', async () => {
    const page = readFileSync(DETECTIONS_PAGE, 'utf8');
    expect(await withDetections(page)).toBe(page);
  });
});

describe.each(files)('%s', (file) => {
  const rule = ruleOf(file);
  if (rule?.kind === 'event') {
    test('fires on each record that it is for', () => {
      const records = recordsIn(file, 'fires');
      expect(records.length).toBeGreaterThan(0);
      for (const record of records) {
        expect(
          matchesIn([record]).map(({ ruleId }) => ruleId),
          record,
        ).toContain(rule.id);
      }
    });
    test('fires on none of the others', () => {
      const records = recordsIn(file, 'quiet');
      expect(records.length).toBeGreaterThan(0);
      for (const record of records) {
        expect(
          matchesIn([record]).map(({ ruleId }) => ruleId),
          record,
        ).not.toContain(rule.id);
      }
    });
  } else {
    const firesOn = (kind: 'fires' | 'quiet'): string[] =>
      firingsOf(ruleSet, matchesIn(recordsIn(file, kind)), []).map((firing) => firing.rule);
    test('fires on records that are many enough, or in that order', () => {
      expect(firesOn('fires')).toContain(rule?.id);
    });
    test('is quiet on few, on several people, and on the service', () => {
      expect(firesOn('quiet')).not.toContain(rule?.id);
    });
  }
});
