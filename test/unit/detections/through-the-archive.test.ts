import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DETECTIONS } from '../../../scripts/detections-table.ts';
import type { ArchivedEvent } from '../../../src/domain/audit/event.ts';
import { createDetector, type RuleMatch } from '../../../src/domain/detection/evaluate.ts';
import { firingsOf } from '../../../src/domain/detection/firings.ts';
import { createViewer, viewOf } from '../../../src/domain/detection/records/view-of.ts';
import { normaliseActivityRecord } from '../../../src/microsoft365/bodies/audit/activity-record.ts';
import { normaliseDirectoryAudit } from '../../../src/microsoft365/bodies/audit/directory-audit.ts';
import { readRules } from '../../../src/rule-files/read-rules.ts';
import { anEmptyStore } from '../../builders/storage/store-in-memory.ts';

const ruleSet = await readRules([DETECTIONS]);
const files = globSync('*/*.fires.ndjson', { cwd: DETECTIONS }).sort();
const linesOf = (file: string): string[] =>
  readFileSync(path.join(DETECTIONS, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

function archived(raw: string): ArchivedEvent {
  const body: unknown = JSON.parse(raw);
  const isGraph = raw.includes('"activityDisplayName"');
  const read = isGraph ? normaliseDirectoryAudit(body) : normaliseActivityRecord(body);
  if (!read.ok) throw new Error(read.reason);
  return { event: read.event, raw };
}

/** What came of matches, whatever the order in which they were found. */
const firingsIn = (matches: readonly RuleMatch[]): string[] =>
  firingsOf(
    ruleSet,
    [...matches].sort((a, b) => a.at - b.at || a.recordId.localeCompare(b.recordId)),
    [],
  )
    .map(({ rule, records }) => [rule, ...[...records].sort()].join(' '))
    .sort();

test('records that come through the archive, out of order and several times, fire as in the dry run', async () => {
  const records = files.flatMap(linesOf);
  const direct = createDetector(ruleSet, createViewer());
  const atOnce = records.flatMap((raw) => direct.matchesOf(raw, viewOf(raw)?.operation ?? ''));

  const store = await anEmptyStore();
  const ingest = createDetector(ruleSet, createViewer());
  const late = records.toReversed();
  for (let from = 0; from < late.length; from += 50) {
    const page = late.slice(from, from + 50).map(archived);
    // The service delivers a record several times, in one page and in the next.
    await store.audit.append([...page, ...page.slice(0, 10)], from, [], ingest);
    await store.audit.append(page.slice(5), from + 1, [], ingest);
  }
  const stored = await store.security.pending(100_000);

  expect(stored.length).toBe(atOnce.length);
  expect(firingsIn(stored)).toEqual(firingsIn(atOnce));
  expect(new Set(firingsIn(stored).map((line) => line.split(' ')[0])).size).toBeGreaterThan(50);
});
