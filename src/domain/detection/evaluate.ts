import type { RecordView } from './record-view.ts';
import type { CorrelationRule, DetectionClass, EventRule, Level, RuleSet } from './rule.ts';

/** That a rule matched a record: all that a firing or a correlation needs of it later, when the record is gone. */
export type RuleMatch = {
  ruleId: string;
  recordId: string;
  /** When the record's act happened, ms UTC. */
  at: number;
  together: string | null;
  /** The log and the operation of the record: two records of one kind within one act are not copies. */
  kind: string;
  labels: Record<string, string>;
  /** The fields that correlations group or count by. */
  values: Record<string, string>;
};

/** One firing, as `detect --json` prints it. */
export type Firing = {
  rule: string;
  class: DetectionClass | null;
  level: Level;
  title: string;
  /** Ids of all records that made it fire, the oldest first. */
  records: string[];
  labels: Record<string, string>;
  /** When the last of what was needed happened, ms UTC. */
  at: number;
  /** Set where earlier matches had fired already: these records belong to that firing, and nobody is alerted again. */
  more?: true;
};

/** What asks rules about records. */
export type Detector = {
  ruleSet: RuleSet;
  /**
   * What one record matches. Reads the record only when a rule may match its operation.
   * @param rawText the record as JSON text
   * @param operation normalised, as `AuditEvent.operation`
   * @param body what the text says, where somebody has parsed it
   */
  matchesOf(rawText: string, operation: string, body?: unknown): RuleMatch[];
  /** As `matchesOf`, of a record that is read already. */
  matchesIn(view: RecordView): RuleMatch[];
};

/** How many operations the index remembers; a tenant has some hundreds. */
const MOST_OPERATIONS = 5000;

/**
 * Makes a detector of a set of rules.
 * @param viewOf reads a record; null for what is no record
 */
export function createDetector(
  ruleSet: RuleSet,
  viewOf: (rawText: string, body?: unknown) => RecordView | null,
): Detector {
  const rulesFor = indexOf(ruleSet.events.filter(({ inert }) => inert === null));
  const fields = fieldsOf(ruleSet.correlations);
  const matching = (rules: readonly EventRule[], view: RecordView): RuleMatch[] =>
    rules.filter((rule) => rule.matches(view)).map((rule) => toMatch(rule, view, fields));
  return {
    ruleSet,
    matchesOf(rawText, operation, body) {
      const rules = rulesFor(operation.toLowerCase());
      if (rules.length === 0) return [];
      const view = viewOf(rawText, body);
      return view === null ? [] : matching(rules, view);
    },
    matchesIn: (view) => matching(rulesFor(view.operation.toLowerCase()), view),
  };
}

/** Answers which rules may match an operation, and remembers it. */
function indexOf(rules: readonly EventRule[]): (operation: string) => readonly EventRule[] {
  const known = new Map<string, readonly EventRule[]>();
  return (operation) => {
    const found = known.get(operation);
    if (found) return found;
    const able = rules.filter((rule) => rule.canMatch(operation));
    if (known.size >= MOST_OPERATIONS) known.clear();
    known.set(operation, able);
    return able;
  };
}

/** The fields that correlations ask of each rule, by rule id; what an outer one asks goes to the rules of the inner one. */
function fieldsOf(correlations: readonly CorrelationRule[]): ReadonlyMap<string, ReadonlySet<string>> {
  const fields = new Map<string, Set<string>>();
  for (const { id, rules, groupBy, aliases, condition } of correlations.toReversed()) {
    for (const rule of rules) {
      const asked = fields.get(rule) ?? new Set<string>();
      for (const name of groupBy) asked.add(aliases[name]?.[rule] ?? name);
      if (condition.field !== undefined) asked.add(condition.field);
      for (const name of fields.get(id) ?? []) asked.add(name);
      fields.set(rule, asked);
    }
  }
  return fields;
}

function toMatch(
  rule: EventRule,
  view: RecordView,
  fields: ReadonlyMap<string, ReadonlySet<string>>,
): RuleMatch {
  const values = [...(fields.get(rule.id) ?? [])].flatMap((field) => {
    const value = fieldText(view, field);
    return value === null ? [] : [[field, value] as const];
  });
  return {
    ruleId: rule.id,
    recordId: view.id,
    at: view.at,
    together: view.together,
    kind: `${view.form} ${view.operation.toLowerCase()}`,
    labels: labelsOf(rule, view),
    values: Object.fromEntries(values),
  };
}

/** The value of a label or a field, by which records are grouped; null when the record has none. */
function fieldText(view: RecordView, field: string): string | null {
  const label = Object.hasOwn(view.labels, field) ? view.labels[field] : undefined;
  if (label !== undefined) return label;
  const value = view.values(field)?.find((value) => value !== null && value !== '');
  return value === undefined ? null : String(value);
}

function labelsOf(rule: EventRule, view: RecordView): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const name of rule.labels) {
    const value = Object.hasOwn(view.labels, name) ? view.labels[name] : undefined;
    if (value !== undefined && value !== '') labels[name] = value;
  }
  return labels;
}
