import type { DetectionClass, Level, RuleSet } from './rule.ts';

/** That a record matches a rule. Plain data: it is stored, and counted by correlations later. */
export type RuleMatch = {
  ruleId: string;
  recordId: string;
  /** When the record says that it happened, ms UTC. */
  at: number;
  together: string | null;
  labels: Record<string, string>;
  /** Fields that correlations group or count by. */
  values: Record<string, string>;
};

/** The rules at work: what one new record matches, indexed by operation. */
export type Detector = {
  ruleSet: RuleSet;
  matchesOf(rawText: string, operation: string): RuleMatch[];
};

/** One firing, as `detect --json` prints it; `at` is that of its last record, ms UTC. */
export type Firing = {
  rule: string;
  class: DetectionClass | null;
  level: Level;
  title: string;
  records: string[];
  labels: Record<string, string>;
  at: number;
};
