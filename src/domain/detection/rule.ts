import type { RecordView } from './record-view.ts';

/** What a detection is about. A foreign rule may have none. */
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

/** How bad, as Sigma has it, the lowest first. */
export const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Level = (typeof LEVELS)[number];

type RuleHead = {
  id: string;
  title: string;
  level: Level;
  class: DetectionClass | null;
  description: string;
  falsePositives: string[];
};

/** A rule about a single record. */
export type EventRule = RuleHead & {
  kind: 'event';
  /** Names of the labels by which its firings belong together. */
  labels: string[];
  /** Operations that it can match, normalised; null: any record. */
  operations: ReadonlySet<string> | null;
  matches(view: RecordView): boolean;
  /** It asks for "none of these labels together in so many days before". */
  firstSeen: { days: number; by: string[] } | null;
  /** False: only counted by a correlation. */
  tells: boolean;
};

/** A rule about several matches of others. */
export type CorrelationRule = RuleHead & {
  kind: 'correlation';
  type: 'event_count' | 'value_count' | 'temporal' | 'temporal_ordered';
  /** Ids or names of the rules whose matches it counts. */
  rules: string[];
  groupBy: string[];
  aliases: Record<string, Record<string, string>>;
  timespanMs: number;
  condition: { op: 'gte' | 'gt' | 'lte' | 'lt' | 'eq'; value: number; field?: string }[];
};

export type RuleProblem = {
  file: string;
  line: number | null;
  severity: 'warning' | 'refused';
  message: string;
};

export type RuleSet = { events: EventRule[]; correlations: CorrelationRule[]; problems: RuleProblem[] };
