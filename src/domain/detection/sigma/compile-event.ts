import { numeral } from '../../numerals.ts';
import type { EventRule, RuleProblem } from '../rule.ts';
import { conditionTest } from './condition.ts';
import {
  type DocumentPath,
  RuleError,
  type Selection,
  type SigmaEventDocument,
  type SourcedDocument,
  UnworkableRule,
} from './document.ts';
import { collectedOf } from './log-source.ts';
import { MOST_VALUES, selectionTest } from './selection.ts';
import { subjectOf } from './subject.ts';
import { allOf, anyOf, type Test } from './test.ts';
import type { Placeholders } from './value-tests.ts';

/** A rule has some selections; one with more was made to slow us down. */
export const MOST_SELECTIONS = 1000;

const NEVER: Test = { holds: () => false, canHold: () => false, operations: new Set() };

/** Who and on what: the labels of a rule that names none. */
export const DEFAULT_LABELS: readonly string[] = ['actor', 'target'];

/**
 * Compiles a rule about one record. What is written wrongly is refused; what cannot work here becomes a rule that
 * never fires, with a warning.
 */
export function compileEvent(
  source: SourcedDocument,
  body: SigmaEventDocument,
  id: string,
  placeholders: Placeholders,
): { rule: EventRule | null; problems: RuleProblem[] } {
  const problem = (severity: RuleProblem['severity'], path: DocumentPath, message: string): RuleProblem => ({
    file: source.file,
    line: source.lineOf(path),
    severity,
    message,
  });
  try {
    const collected = collectedOf(body.logSource);
    const test = detectionTest(body, placeholders);
    if (collected.ok) {
      requireFields(body, collected.lacks);
      const rule = toRule(source, body, id, collected.test ? allOf([collected.test, test]) : test, null);
      return { rule, problems: [] };
    }
    const { reason } = collected;
    return {
      rule: toRule(source, body, id, NEVER, reason),
      problems: [problem('warning', ['logsource'], reason)],
    };
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    if (error instanceof UnworkableRule) {
      return {
        rule: toRule(source, body, id, NEVER, error.message),
        problems: [problem('warning', error.path, error.message)],
      };
    }
    return { rule: null, problems: [problem('refused', error.path, error.message)] };
  }
}

function detectionTest({ selections, conditions }: SigmaEventDocument, placeholders: Placeholders): Test {
  const named = Object.entries(selections);
  if (named.length > MOST_SELECTIONS) {
    throw new RuleError(
      ['detection'],
      `The rule has ${numeral(named.length)} selections; ${numeral(MOST_SELECTIONS)} are the limit.`,
    );
  }
  const values = named.reduce((sum, [, selection]) => sum + sizeOf(selection), 0);
  if (values > MOST_VALUES) {
    throw new RuleError(['detection'], `The rule has ${values} values; ${MOST_VALUES} are the limit.`);
  }
  const tests = compiledSelections(named, placeholders);
  const path = ['detection', 'condition'];
  if (conditions.length === 0) throw new RuleError(path, 'The rule has no condition.');
  return anyOf(conditions.map((condition) => conditionTest(condition, tests, path)));
}

/** A field that no record has makes a rule silent, or fire always where it is only filtered by. */
function requireFields({ selections }: SigmaEventDocument, lacks: (field: string) => string | null): void {
  for (const [name, selection] of Object.entries(selections)) {
    for (const part of Array.isArray(selection) ? selection : [selection]) {
      if (typeof part !== 'object' || part === null) continue;
      for (const key of Object.keys(part)) {
        const lack = lacks(key.split('|')[0] ?? '');
        if (lack !== null) throw new UnworkableRule(['detection', name, key], lack);
      }
    }
  }
}

/** A mistake in any selection counts for more than what cannot work in another. */
function compiledSelections(
  named: readonly (readonly [string, Selection])[],
  placeholders: Placeholders,
): Map<string, Test> {
  let unworkable: UnworkableRule | null = null;
  const tests = new Map<string, Test>();
  for (const [name, selection] of named) {
    try {
      tests.set(name, selectionTest(selection, placeholders, ['detection', name]));
    } catch (error) {
      if (!(error instanceof UnworkableRule)) throw error;
      unworkable ??= error;
    }
  }
  if (unworkable) throw unworkable;
  return tests;
}

function sizeOf(selection: Selection): number {
  if (Array.isArray(selection)) return selection.reduce<number>((sum, item) => sum + sizeOf(item), 0);
  if (selection === null || typeof selection !== 'object') return 1;
  return Object.values(selection).reduce<number>(
    (sum, value) => sum + (Array.isArray(value) ? value.length : 1),
    0,
  );
}

function toRule(
  { file }: SourcedDocument,
  body: SigmaEventDocument,
  id: string,
  test: Test,
  inert: string | null,
): EventRule {
  return {
    kind: 'event',
    id,
    name: body.name ?? null,
    title: body.title,
    level: body.level,
    class: body.class,
    description: body.description ?? '',
    falsePositives: body.falsepositives,
    labels: body.labels ?? [...DEFAULT_LABELS],
    file,
    inert,
    firstSeen: body.firstSeen,
    tells: !body.counted,
    operations: test.operations,
    canMatch: test.canHold,
    matches: (view) => test.holds(subjectOf(view)),
  };
}
