import type { Detector } from '../../../src/domain/detection/evaluate.ts';

/** A detector without any rule. */
export const noDetector = (): Detector => ({
  ruleSet: { events: [], correlations: [], problems: [] },
  matchesOf: () => [],
  matchesIn: () => [],
});
