import type { RuleProblem, RuleSet } from '../domain/detection/rule.ts';
import { compileRules } from '../domain/detection/sigma/compile-rules.ts';
import type { SourcedDocument } from '../domain/detection/sigma/document.ts';
import { parseRules, parseValues } from './parse-rules.ts';
import { readFolder } from './read-folder.ts';

/**
 * Reads folders of Sigma rules and compiles them. A broken rule is refused and the others go on; a rule of a later
 * folder replaces the one with its id. Never throws.
 * @param folders ours first, then those of the admin
 * @param valuesFile a file with values of placeholders, besides the `values.yml` of each folder
 */
export async function readRules(
  folders: readonly string[],
  valuesFile: string | null = null,
): Promise<RuleSet> {
  const problems: RuleProblem[] = [];
  const placeholders = new Map<string, readonly string[]>();
  const documents: SourcedDocument[][] = [];
  const addValues = ({ file, text }: { file: string; text: string }): void => {
    const parsed = parseValues(file, text);
    problems.push(...parsed.problems);
    for (const [name, values] of Object.entries(parsed.values)) placeholders.set(name, values);
  };
  for (const folder of folders) {
    const { files, values, unread } = await readFolder(folder);
    problems.push(...unread.map(refused));
    if (values) addValues(values);
    const parsed = files.map(({ file, text }) => parseRules(file, text));
    problems.push(...parsed.flatMap((one) => one.problems));
    documents.push(parsed.flatMap((one) => one.documents));
  }
  if (valuesFile !== null) {
    const { files, values, unread } = await readFolder(valuesFile);
    problems.push(...unread.map(refused));
    for (const file of [...files, ...(values ? [values] : [])]) addValues(file);
  }
  const compiled = compileRules(documents, placeholders);
  return { ...compiled, problems: [...problems, ...compiled.problems] };
}

const refused = ({ file, message }: { file: string; message: string }): RuleProblem => ({
  file,
  line: 1,
  severity: 'refused',
  message,
});
