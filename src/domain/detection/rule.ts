import type { RecordView } from './record-view.ts';

/** What a detection is about. A rule of somebody else has none. */
export const DETECTION_CLASSES = [
  'roles',
  'groups',
  'applications',
  'resources',
  'sharing',
  'guests',
  'teams',
  'forwarding',
  'mailbox-access',
  'sign-ins',
  'auditing',
  'licensing',
] as const;
export type DetectionClass = (typeof DETECTION_CLASSES)[number];

/** Sigma's levels, from least to most. */
export const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Level = (typeof LEVELS)[number];

/** Asks that somebody never did this before: within so many days, by these labels. */
export type FirstSeen = { days: number; by: string[] };

type Described = {
  /** The rule's `id`, or its `name`, or where neither is given its file. */
  id: string;
  /** The `name` by which correlations may refer to it. */
  name: string | null;
  title: string;
  level: Level;
  class: DetectionClass | null;
  description: string;
  falsePositives: string[];
  /** The labels of a record that its firing carries. */
  labels: string[];
  /** The file that it is from. */
  file: string;
  /** Why it can never fire here; null for a rule that works. */
  inert: string | null;
  firstSeen: FirstSeen | null;
  /** Whether a match is a firing; false for a rule that only counts within a correlation. */
  tells: boolean;
};

/** A rule about one record. */
export type EventRule = Described & {
  kind: 'event';
  /** The operations that it is about, normalised and in lower case; null when its selections do not fix them. */
  operations: ReadonlySet<string> | null;
  /**
   * Whether it may match a record of this operation (normalised, lower case). False is certain: an index may leave
   * the rule out.
   */
  canMatch(operation: string): boolean;
  matches(view: RecordView): boolean;
};

export const CORRELATION_TYPES = ['event_count', 'value_count', 'temporal', 'temporal_ordered'] as const;
export type CorrelationType = (typeof CORRELATION_TYPES)[number];

/** How many are needed; a count of distinct values names the field that is counted. */
export type CorrelationCondition = {
  gte?: number;
  gt?: number;
  lte?: number;
  lt?: number;
  eq?: number;
  field?: string;
};

/** A rule about several records of other rules. */
export type CorrelationRule = Described & {
  kind: 'correlation';
  type: CorrelationType;
  /** Ids of the rules that it counts; each of them is in the same set. */
  rules: string[];
  groupBy: string[];
  /** What a name of `groupBy` is called in each rule, by rule id. */
  aliases: Record<string, Record<string, string>>;
  timespanMs: number;
  condition: CorrelationCondition;
};

export type RuleProblem = {
  file: string;
  /** Counted from 1. */
  line: number;
  /** A warning: the rule is loaded, and cannot work as it stands. Refused: there is no such rule. */
  severity: 'warning' | 'refused';
  message: string;
};

/** All rules that were read, with what is wrong among them. Correlations stand after the rules that they count. */
export type RuleSet = {
  events: EventRule[];
  correlations: CorrelationRule[];
  problems: RuleProblem[];
};
