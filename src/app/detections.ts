import { existsSync } from 'node:fs';
import path from 'node:path';
import type { WatchConfig } from '../config/watch.ts';
import { createDetector, type Detector } from '../domain/detection/evaluate.ts';
import { createViewer } from '../domain/detection/records/view-of.ts';
import { createRuleSource, type RuleSource, type RuleSourceOptions } from '../rule-files/rule-source.ts';

/** The shipped rules, beside `src/` and beside the built file. */
export const SHIPPED_DETECTIONS: string =
  ['../../detections', '../detections']
    .map((folder) => path.join(import.meta.dirname, folder))
    .find((folder) => existsSync(folder)) ?? 'detections';

type Log = RuleSourceOptions['log'] & { error(data: object, message: string): void };

/**
 * Reads the shipped rules and the admin's, and makes the detector to which records are shown as they are stored. A rule
 * that fails on a record matches nothing, and is logged: no record is lost for it.
 */
export async function loadDetections(
  { path: folder, values }: WatchConfig['detections'],
  { now, log }: { now: () => number; log: Log },
): Promise<RuleSource> {
  // One for the whole process: it remembers pieces of records that come one by one.
  const viewOf = createViewer();
  const source = await createRuleSource({
    folders: [SHIPPED_DETECTIONS, ...(folder === null ? [] : [folder])],
    valuesFile: values,
    makeDetector: (ruleSet) => createDetector(ruleSet, viewOf),
    now,
    log,
  });
  return { detector: safely(source.detector, log), look: () => source.look() };
}

/** A detector that never throws. */
const safely = (detector: Detector, log: Pick<Log, 'error'>): Detector => ({
  get ruleSet() {
    return detector.ruleSet;
  },
  matchesOf(rawText, operation, body) {
    try {
      return detector.matchesOf(rawText, operation, body);
    } catch (err) {
      log.error({ err, operation }, 'a record could not be looked at by detections');
      return [];
    }
  },
  matchesIn: (view) => detector.matchesIn(view),
});
