import { readFileSync } from 'node:fs';
import type { RecordWords } from '../../../src/domain/detection/alerts/security-incident.ts';
import { createDetector } from '../../../src/domain/detection/evaluate.ts';
import { firingsOf } from '../../../src/domain/detection/firings.ts';
import { createViewer, viewOf } from '../../../src/domain/detection/records/view-of.ts';
import type { NameOf, Told } from '../../../src/domain/detection/words/saying.ts';
import { wordsOf } from '../../../src/domain/detection/words/words-of.ts';
import { normaliseActivityRecord } from '../../../src/microsoft365/bodies/audit/activity-record.ts';
import { normaliseDirectoryAudit } from '../../../src/microsoft365/bodies/audit/directory-audit.ts';
import { readRules } from '../../../src/rule-files/read-rules.ts';

const DETECTIONS = new URL('../../../detections/', import.meta.url);
const ruleSet = await readRules(['detections']);

/** A record of either form, as it is stored and shown. */
export function toldOf(raw: string): Told[] {
  const record: unknown = JSON.parse(raw);
  const isGraph = typeof record === 'object' && record !== null && 'activityDisplayName' in record;
  const taken = isGraph ? normaliseDirectoryAudit(record) : normaliseActivityRecord(record);
  const view = viewOf(raw);
  return taken.ok && view !== null ? [{ view, event: taken.event }] : [];
}

/**
 * What a card says of each record on which a shipped rule fires; of a correlation, what it says of all of them.
 * @param rule `<class>/<name>` of its file
 */
export function saidOf(rule: string, nameOf: NameOf = (said) => said): RecordWords[] {
  const name = rule.split('/')[1];
  const known = [...ruleSet.events, ...ruleSet.correlations].find((one) => one.name === name);
  if (!known) throw new Error(`no rule ${rule}`);
  const lines = readFileSync(new URL(`${rule}.fires.ndjson`, DETECTIONS), 'utf8')
    .split('\n')
    .filter(Boolean);
  const acts = known.kind === 'event' ? lines.map((line) => [line]) : [lines];
  return acts.flatMap((records) => {
    const detector = createDetector(ruleSet, createViewer());
    const matches = records.flatMap((raw) => detector.matchesOf(raw, viewOf(raw)?.operation ?? ''));
    const fired = firingsOf(ruleSet, matches, []).filter((firing) => firing.rule === known.id);
    return fired.map((firing) =>
      wordsOf(
        firing,
        records.flatMap(toldOf).filter(({ view }) => firing.records.includes(view.id)),
        known.kind === 'correlation' ? 'records' : 'acts',
        nameOf,
      ),
    );
  });
}
