import { DAY_MS, HOUR_MS, MINUTE_MS, WEEK_MS } from '../../durations.ts';
import type { CorrelationRule, EventRule, RuleProblem } from '../rule.ts';
import {
  type DocumentPath,
  RuleError,
  type SigmaCorrelationDocument,
  type SourcedDocument,
} from './document.ts';

/** Rules that a correlation may name, by id and by name. */
export type KnownRules = ReadonlyMap<string, EventRule | CorrelationRule>;

/** A window that is longer would keep matches longer than the archive keeps records. */
export const LONGEST_TIMESPAN_MS = 90 * DAY_MS;

const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: MINUTE_MS,
  h: HOUR_MS,
  d: DAY_MS,
  w: WEEK_MS,
  M: 30 * DAY_MS,
};

/** Compiles a correlation, once the rules that it names are known. */
export function compileCorrelation(
  source: SourcedDocument,
  body: SigmaCorrelationDocument,
  id: string,
  known: KnownRules,
): { rule: CorrelationRule | null; problems: RuleProblem[] } {
  const problem = (severity: RuleProblem['severity'], path: DocumentPath, message: string): RuleProblem => ({
    file: source.file,
    line: source.lineOf(path),
    severity,
    message,
  });
  try {
    const rules = body.rules.map((named, index) => {
      const rule = known.get(named);
      if (!rule) throw new RuleError(['correlation', 'rules', index], `There is no rule “${named}”.`);
      return rule;
    });
    const inert = inertOf(body, rules);
    const rule: CorrelationRule = {
      kind: 'correlation',
      id,
      name: body.name ?? null,
      title: body.title,
      level: body.level,
      class: body.class,
      description: body.description ?? '',
      falsePositives: body.falsepositives,
      labels: body.labels ?? [],
      file: source.file,
      inert,
      firstSeen: body.firstSeen,
      tells: !body.counted,
      type: body.type,
      rules: rules.map((counted) => counted.id),
      groupBy: body.groupBy,
      aliases: aliasesById(body, known),
      timespanMs: timespanOf(body.timespan),
      condition: conditionOf(body),
    };
    return { rule, problems: inert === null ? [] : [problem('warning', ['correlation'], inert)] };
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    return { rule: null, problems: [problem('refused', error.path, error.message)] };
  }
}

function aliasesById(
  { aliases, groupBy }: SigmaCorrelationDocument,
  known: KnownRules,
): CorrelationRule['aliases'] {
  for (const name of Object.keys(aliases)) {
    if (!groupBy.includes(name)) {
      throw new RuleError(['correlation', 'aliases', name], `The alias “${name}” is not in group-by.`);
    }
  }
  return Object.fromEntries(
    Object.entries(aliases).map(([name, fields]) => [
      name,
      Object.fromEntries(Object.entries(fields).map(([rule, field]) => [known.get(rule)?.id ?? rule, field])),
    ]),
  );
}

/** Why a correlation can never fire; null where it can. */
function inertOf(
  { type, condition }: SigmaCorrelationDocument,
  rules: readonly (EventRule | CorrelationRule)[],
): string | null {
  const unable = rules.filter(({ inert }) => inert !== null);
  const needed =
    type === 'temporal' || type === 'temporal_ordered' ? unable.length > 0 : unable.length === rules.length;
  if (needed && unable[0])
    return `It counts “${unable[0].title}”, which cannot work here, so it never fires.`;
  if (condition.gte === undefined && condition.gt === undefined && condition.eq === undefined) {
    if (condition.lt !== undefined || condition.lte !== undefined) {
      return 'It asks for fewer than a number. What has not happened is not seen here, so it never fires.';
    }
  }
  return null;
}

function conditionOf({ type, condition }: SigmaCorrelationDocument): CorrelationRule['condition'] {
  const counts = type === 'event_count' || type === 'value_count';
  if (counts && Object.keys(condition).every((key) => key === 'field')) {
    throw new RuleError(['correlation'], 'The correlation does not say how many are needed.');
  }
  if (type === 'value_count' && condition.field === undefined) {
    throw new RuleError(
      ['correlation', 'condition'],
      'A value_count names the field whose values it counts.',
    );
  }
  return condition;
}

function timespanOf(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6})\s*([smhdwM])$/.exec(text.trim()) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? 0);
  if (number === '' || ms <= 0) {
    throw new RuleError(
      ['correlation', 'timespan'],
      `The timespan “${text}” is none: write 30s, 10m, 1h or 7d.`,
    );
  }
  if (ms > LONGEST_TIMESPAN_MS) {
    throw new RuleError(['correlation', 'timespan'], `The timespan ${text} is longer than 90 days.`);
  }
  return ms;
}
