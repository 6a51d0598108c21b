import type { CorrelationRule, EventRule, RuleProblem, RuleSet } from '../rule.ts';
import { compileCorrelation } from './compile-correlation.ts';
import { compileEvent } from './compile-event.ts';
import type { SigmaCorrelationDocument, SourcedDocument } from './document.ts';
import type { Placeholders } from './value-tests.ts';

/**
 * Compiles rules and the correlations among them. A broken one is refused with its file and line, and the others go
 * on. Where two have one id, the one of a later folder replaces the other: an admin's own version of ours.
 * @param folders the documents of each folder
 * @param placeholders the values of `%name%`
 */
export function compileRules(
  folders: readonly (readonly SourcedDocument[])[],
  placeholders: Placeholders = new Map(),
): RuleSet {
  const problems: RuleProblem[] = [];
  const documents = uniqueDocuments(folders, problems);
  const known = new Map<string, EventRule | CorrelationRule>();
  const events: EventRule[] = [];
  const waiting: { id: string; source: SourcedDocument; body: SigmaCorrelationDocument }[] = [];
  for (const [id, source] of documents) {
    const { body } = source;
    if (body.kind === 'correlation') {
      waiting.push({ id, source, body });
      continue;
    }
    const compiled = compileEvent(source, body, id, placeholders);
    problems.push(...compiled.problems);
    if (!compiled.rule) continue;
    events.push(compiled.rule);
    makeKnown(known, compiled.rule);
  }
  const correlations = compileInOrder(waiting, known, problems);
  return {
    events: quietedBy(waiting, events, known),
    correlations: quietedBy(waiting, correlations, known),
    problems,
  };
}

/** Whatever a correlation counts is compiled before it; those that wait for each other are refused. */
function compileInOrder(
  waiting: readonly { id: string; source: SourcedDocument; body: SigmaCorrelationDocument }[],
  known: Map<string, EventRule | CorrelationRule>,
  problems: RuleProblem[],
): CorrelationRule[] {
  const correlations: CorrelationRule[] = [];
  let left = [...waiting];
  while (left.length > 0) {
    const names = new Set(left.flatMap(({ id, body }) => (body.name === undefined ? [id] : [id, body.name])));
    const ready = left.filter(({ body }) => !body.rules.some((rule) => names.has(rule)));
    for (const { id, source, body } of ready.length > 0 ? ready : left) {
      if (ready.length === 0) {
        const message = 'The correlation counts itself, directly or through another.';
        problems.push({
          file: source.file,
          line: source.lineOf(['correlation', 'rules']),
          severity: 'refused',
          message,
        });
        continue;
      }
      const compiled = compileCorrelation(source, body, id, known);
      problems.push(...compiled.problems);
      if (!compiled.rule) continue;
      correlations.push(compiled.rule);
      makeKnown(known, compiled.rule);
    }
    const done = new Set(ready);
    left = ready.length > 0 ? left.filter((one) => !done.has(one)) : [];
  }
  return correlations;
}

function makeKnown(known: Map<string, EventRule | CorrelationRule>, rule: EventRule | CorrelationRule): void {
  known.set(rule.id, rule);
  if (rule.name !== null && !known.has(rule.name)) known.set(rule.name, rule);
}

/** What a correlation counts does not fire by itself, unless a correlation that counts it says so by `generate`. */
function quietedBy<Rule extends EventRule | CorrelationRule>(
  waiting: readonly { id: string; body: SigmaCorrelationDocument }[],
  rules: readonly Rule[],
  known: ReadonlyMap<string, EventRule | CorrelationRule>,
): Rule[] {
  const counted = new Map<string, boolean>();
  for (const { id, body } of waiting) {
    if (!known.has(id)) continue;
    for (const named of body.rules) {
      const rule = known.get(named)?.id ?? named;
      counted.set(rule, body.generate || (counted.get(rule) ?? false));
    }
  }
  return rules.map((rule) => ({ ...rule, tells: rule.tells && (counted.get(rule.id) ?? true) }));
}

/** Documents by id, in the order in which they came. */
function uniqueDocuments(
  folders: readonly (readonly SourcedDocument[])[],
  problems: RuleProblem[],
): Map<string, SourcedDocument> {
  const all = new Map<string, SourcedDocument>();
  for (const folder of folders) {
    const here = new Map<string, SourcedDocument>();
    const unnamed = new Map<string, number>();
    for (const source of folder) {
      const id = source.body.id ?? source.body.name ?? nameByFile(source.file, unnamed);
      const same = here.get(id);
      if (same) {
        const message = `The id ${id} is that of ${same.file}, too.`;
        problems.push({ file: source.file, line: source.lineOf(['id']), severity: 'refused', message });
      } else here.set(id, source);
    }
    for (const [id, source] of here) all.set(id, source);
  }
  return all;
}

/** A rule without id and name is called by its file, the second one of it with a number. */
function nameByFile(file: string, seen: Map<string, number>): string {
  const number = (seen.get(file) ?? 0) + 1;
  seen.set(file, number);
  return number === 1 ? file : `${file}#${number}`;
}
