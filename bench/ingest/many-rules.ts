import { fileURLToPath } from 'node:url';
import type { RuleSet } from '../../src/domain/detection/rule.ts';
import { compileRules } from '../../src/domain/detection/sigma/compile-rules.ts';
import type { SourcedDocument } from '../../src/domain/detection/sigma/document.ts';
import { parseRules } from '../../src/rule-files/parse-rules.ts';
import { readFolder } from '../../src/rule-files/read-folder.ts';

const SHIPPED = fileURLToPath(new URL('../../detections', import.meta.url));

/**
 * The shipped rules, and copies of them under other names until they are so many. A copy asks for somebody who is not
 * there besides: it costs as much as the rule, and does not match the same record once more, as no real set does.
 */
export async function manyRules(rules: number): Promise<RuleSet> {
  const { files } = await readFolder(SHIPPED);
  const documents = files.flatMap(({ file, text }) => parseRules(file, text).documents);
  const copies = Math.ceil(rules / documents.length);
  const all = Array.from({ length: copies }, (_, number) =>
    documents.map((one) => copyOf(one, number)),
  ).flat();
  const ruleSet = compileRules([all]);
  return { ...ruleSet, events: ruleSet.events.slice(0, rules) };
}

function copyOf({ body, ...source }: SourcedDocument, number: number): SourcedDocument {
  const called = (name: string | undefined): string => `${name ?? ''} ${number}`;
  const names = { id: called(body.id), name: called(body.name) };
  if (number === 0) return { ...source, body };
  return body.kind === 'event'
    ? {
        ...source,
        body: {
          ...body,
          ...names,
          selections: { ...body.selections, nobody: { UserId: 'nobody@fabrikam.example' } },
          conditions: body.conditions.map((condition) => `(${condition}) and nobody`),
        },
      }
    : { ...source, body: { ...body, ...names, rules: body.rules.map(called) } };
}
