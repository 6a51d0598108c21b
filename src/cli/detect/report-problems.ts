import type { RuleProblem, RuleSet } from '../../domain/detection/rule.ts';
import { numeral } from '../../domain/numerals.ts';
import { type Io, writeLine } from '../command.ts';

const MOST_LISTED = 20;

/** Says what is wrong among the rules: each that was refused, and those that cannot work here by their reason. */
export function reportRuleProblems({ problems }: RuleSet, io: Pick<Io, 'stderr'>): void {
  const refused = problems.filter(({ severity }) => severity === 'refused');
  const warnings = Map.groupBy(
    problems.filter(({ severity }) => severity === 'warning'),
    ({ message }) => message,
  );
  for (const problem of refused.slice(0, MOST_LISTED))
    writeLine(io.stderr, `Refused: ${sentenceOf(problem)}`);
  const more = refused.length - MOST_LISTED;
  if (more > 0) writeLine(io.stderr, `${numeral(more)} more rules were refused.`);
  for (const [message, alike] of [...warnings].slice(0, MOST_LISTED)) {
    const [first] = alike;
    if (!first) continue;
    const others = alike.length > 1 ? ` So are ${numeral(alike.length - 1)} others.` : '';
    writeLine(io.stderr, `Warning: ${first.file}:${first.line}: ${message}${others}`);
  }
}

const sentenceOf = ({ file, line, message }: RuleProblem): string => `${file}:${line}: ${message}`;

/** Names lines that hold no record, and counts those beyond the first ones. */
export function createBadLines(io: Pick<Io, 'stderr'>): {
  add(number: number, reason: string): void;
  count(): number;
} {
  let count = 0;
  return {
    add(number, reason) {
      count++;
      if (count <= MOST_LISTED) writeLine(io.stderr, `Line ${number} is left out: ${reason}`);
      if (count === MOST_LISTED + 1) writeLine(io.stderr, 'More lines are left out; they are counted only.');
    },
    count: () => count,
  };
}
