import type { RuleSet } from '../../../src/domain/detection/rule.ts';
import { compileRules } from '../../../src/domain/detection/sigma/compile-rules.ts';
import { parseRules } from '../../../src/rule-files/parse-rules.ts';

/** Compiles one file of YAML, with what is wrong in it. */
export function rulesOf(yaml: string, placeholders: Record<string, string[]> = {}): RuleSet {
  const parsed = parseRules('rules.yml', yaml);
  const compiled = compileRules([parsed.documents], new Map(Object.entries(placeholders)));
  return { ...compiled, problems: [...parsed.problems, ...compiled.problems] };
}

/** A whole rule around the lines of a detection. */
export const aRuleAround = (detection: string): string =>
  `title: A rule\nid: a-rule\nlogsource: { product: m365, service: audit }\nlevel: medium\ndetection:\n${detection
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')}\n`;
