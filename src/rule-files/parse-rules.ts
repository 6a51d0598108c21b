import {
  type Document,
  type DocumentOptions,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type ParseOptions,
  parseAllDocuments,
  type SchemaOptions,
  visit,
} from 'yaml';
import type { z } from 'zod';
import type { RuleProblem } from '../domain/detection/rule.ts';
import type { DocumentPath, SourcedDocument } from '../domain/detection/sigma/document.ts';
import { PlaceholderValues, SigmaCorrelation, SigmaRule } from './sigma-schema.ts';

/** A file as it was read: its rules, and what is wrong in it. */
export type ParsedFile = { documents: SourcedDocument[]; problems: RuleProblem[] };

/**
 * Parses one file of Sigma rules; it may hold several documents. What is no rule is refused with its line.
 * @param file how it is called in what is said about it
 */
export function parseRules(file: string, text: string): ParsedFile {
  const lines = new LineCounter();
  const parsed: ParsedFile = { documents: [], problems: [] };
  const documents = parseAllDocuments(text, parseOptions(lines));
  for (const document of Array.isArray(documents) ? documents : []) {
    const read = readDocument(file, document, lines);
    if (read === null) continue;
    if ('body' in read) parsed.documents.push(read);
    else parsed.problems.push(read);
  }
  return parsed;
}

/** One document as a rule, or what is wrong with it; null for one that is empty. */
function readDocument(
  file: string,
  document: Document,
  lines: LineCounter,
): SourcedDocument | RuleProblem | null {
  const refused = (line: number, message: string): RuleProblem => ({
    file,
    line,
    severity: 'refused',
    message,
  });
  const mistake = mistakeIn(document, lines);
  if (mistake) return refused(mistake.line, mistake.message);
  const body = plain(document);
  if (!body.ok) return refused(1, body.message);
  if (body.value === null) return null;
  const lineOf = (path: DocumentPath): number => lineAt(lines, offsetOf(document, path));
  const schema = schemaFor(body.value);
  if (!schema)
    return refused(lineOf([]), 'It is no Sigma rule: it has neither a detection nor a correlation.');
  const read = schema.safeParse(body.value);
  if (read.success) return { file, body: read.data, lineOf };
  const [issue] = read.error.issues;
  const path = (issue?.path ?? []).filter((part) => typeof part !== 'symbol');
  return refused(lineOf(path), `${path.join('.') || 'The rule'}: ${issue?.message ?? 'cannot be read'}.`);
}

function schemaFor(body: unknown): typeof SigmaRule | typeof SigmaCorrelation | null {
  if (typeof body !== 'object' || body === null) return null;
  if ('correlation' in body) return SigmaCorrelation;
  return 'detection' in body ? SigmaRule : null;
}

/** The library compares each key of a map with all before it: ten thousand keys take half a minute. */
const parseOptions = (lineCounter: LineCounter): ParseOptions & DocumentOptions & SchemaOptions => ({
  lineCounter,
  prettyErrors: false,
  uniqueKeys: false,
});

/** What makes a document no YAML, with its line; null for a sound one. */
function mistakeIn(document: Document, lines: LineCounter): { line: number; message: string } | null {
  const [mistake] = document.errors;
  if (mistake) {
    return { line: lineAt(lines, mistake.pos[0]), message: `It is no YAML: ${oneLine(mistake.message)}` };
  }
  let twice: { line: number; message: string } | null = null;
  visit(document, {
    Map(_, map) {
      const keys = new Set<string>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? String(key.value) : '';
        if (keys.has(name)) {
          const line = lineAt(lines, isNode(key) ? (key.range?.[0] ?? 0) : 0);
          twice = { line, message: `It is no YAML: the key “${name}” stands twice in one map.` };
          return visit.BREAK;
        }
        keys.add(name);
      }
      return undefined;
    },
  });
  return twice;
}

/** A document as plain values; a bomb of aliases is refused. */
function plain(document: Document): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: 100 }) ?? null };
  } catch (error) {
    return {
      ok: false,
      message: `It cannot be read: ${error instanceof Error ? oneLine(error.message) : error}`,
    };
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const lineAt = (lines: LineCounter, offset: number): number => Math.max(1, lines.linePos(offset).line);

/** Where the deepest part of a path that exists stands: its key in a map, its item in a list. */
function offsetOf(document: Document, path: DocumentPath): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (!pair) break;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      if (!isNode(node)) break;
      offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

/** Parses a file of values for placeholders: a map of names to lists. */
export function parseValues(
  file: string,
  text: string,
): { values: z.infer<typeof PlaceholderValues>; problems: RuleProblem[] } {
  const lines = new LineCounter();
  const [document] = parseAllDocuments(text, parseOptions(lines));
  const refused = (line: number, message: string) => ({
    values: {},
    problems: [{ file, line, severity: 'refused' as const, message }],
  });
  if (!document) return { values: {}, problems: [] };
  const mistake = mistakeIn(document, lines);
  if (mistake) return refused(mistake.line, mistake.message);
  const body = plain(document);
  if (!body.ok) return refused(1, body.message);
  const read = PlaceholderValues.safeParse(body.value ?? {});
  if (read.success) return { values: read.data, problems: [] };
  const path = (read.error.issues[0]?.path ?? []).filter((part) => typeof part !== 'symbol');
  return refused(lineAt(lines, offsetOf(document, path)), 'It is no map of names to lists of values.');
}
