import type { CorrelationCondition, CorrelationType, DetectionClass, FirstSeen, Level } from '../rule.ts';

/** What a selection compares a field with. */
export type Scalar = string | number | boolean | null;
export type FieldTests = { [field: string]: Scalar | Scalar[] };
/** A map of fields (all of them), a list of maps (one of them), or a list of keywords (one of them). */
export type Selection = FieldTests | (FieldTests | Scalar)[] | Scalar;

export type LogSource = { product?: string; service?: string; category?: string };

type Described = {
  id?: string;
  name?: string;
  title: string;
  level: Level;
  description?: string;
  falsepositives: string[];
  class: DetectionClass | null;
  /** Labels of a firing; without them who and on what. */
  labels: string[] | null;
  firstSeen: FirstSeen | null;
  /** It fires only within a correlation. */
  counted: boolean;
};

export type SigmaEventDocument = Described & {
  kind: 'event';
  logSource: LogSource;
  selections: { [name: string]: Selection };
  /** Several conditions: one of them is enough. */
  conditions: string[];
};

export type SigmaCorrelationDocument = Described & {
  kind: 'correlation';
  type: CorrelationType;
  /** Ids or names. */
  rules: string[];
  groupBy: string[];
  aliases: Record<string, Record<string, string>>;
  /** As `10m`, `1h`, `30d`. */
  timespan: string;
  condition: CorrelationCondition;
  /** Whether the rules that it counts fire by themselves, too. */
  generate: boolean;
};

export type SigmaDocument = SigmaEventDocument | SigmaCorrelationDocument;

/** Where in a document something stands: `['detection', 'selection', 'Operation|re']`. */
export type DocumentPath = readonly (string | number)[];

/** A parsed document with where it is from. */
export type SourcedDocument = {
  file: string;
  body: SigmaDocument;
  /** The line of what stands at a path, counted from 1. */
  lineOf(path: DocumentPath): number;
};

/** A rule that is written wrongly: it is refused. */
export class RuleError extends Error {
  readonly code: string = 'rule-refused';
  readonly path: DocumentPath;
  constructor(path: DocumentPath, message: string) {
    super(message);
    this.path = path;
  }
}

/** A rule that is written rightly and cannot work here: it is loaded, with a warning. */
export class UnworkableRule extends RuleError {
  override readonly code = 'rule-unworkable';
}
