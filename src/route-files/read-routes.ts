/** From the text of a file to the tree of routes. */
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { RoutesProblem } from '../domain/ports.ts';
import { didYouMean } from '../domain/routing/close-to.ts';
import { compileRoutes } from '../domain/routing/compile-routes.ts';
import type { Routing, RoutingDefaults } from '../domain/routing/route.ts';
import type { PathInFile } from '../domain/routing/routes-file.ts';
import { KNOWN_KEYS, RoutesFile } from './schema.ts';
import { endlessPlace, lineOfPath } from './yaml-places.ts';

/** The tree, null where the file cannot be used; and what is wrong with the file, in the order of its lines. */
export type ReadRoutes = { routing: Routing | null; problems: RoutesProblem[] };

/** Reads a file of routes (YAML 1.2, of which JSON is a part). Never throws for what stands in it. */
export function readRoutes(text: string, defaults: RoutingDefaults): ReadRoutes {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  const [broken] = doc.errors;
  if (broken) {
    const line = lines.linePos(broken.pos[0]).line;
    return refused([{ line, severity: 'refused', message: `This is no YAML: ${broken.message}` }]);
  }
  const endless = endlessPlace(doc, lines);
  if (endless) return refused([{ ...endless, severity: 'refused' }]);
  const lineOf = (path: PathInFile): number => lineOfPath(doc, lines, path);
  const parsed = RoutesFile.safeParse(doc.toJS({ maxAliasCount: -1 }) ?? {});
  if (!parsed.success) return refused(parsed.error.issues.flatMap((issue) => ofIssue(issue, lineOf)));
  const { routing, problems } = compileRoutes(parsed.data, defaults, lineOf);
  const placed = inOrder(
    problems.map(({ at, severity, message }) => ({ line: lineOf(at), severity, message })),
  );
  return placed.some(({ severity }) => severity === 'refused')
    ? refused(placed)
    : { routing, problems: placed };
}

const refused = (problems: RoutesProblem[]): ReadRoutes => ({ routing: null, problems: inOrder(problems) });

const inOrder = (problems: readonly RoutesProblem[]): RoutesProblem[] =>
  problems.toSorted((a, b) => a.line - b.line);

/** What does not fit the form, as sentences. */
function ofIssue(issue: z.core.$ZodIssue, lineOf: (path: PathInFile) => number): RoutesProblem[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  const name = path.findLast((step) => typeof step === 'string');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      line: lineOf([...path, key]),
      severity: 'refused',
      message: `I do not know “${key}” here${didYouMean(key, KNOWN_KEYS) || '.'}`,
    }));
  }
  if (issue.code === 'invalid_union') {
    const inside = issue.errors
      .flat()
      .find(({ code, path: deeper }) => code === 'unrecognized_keys' || deeper.length > 0);
    if (inside)
      return ofIssue({ ...inside, path: [...issue.path, ...inside.path] } as z.core.$ZodIssue, lineOf);
  }
  if (name === undefined || (path.length === 1 && name === 'route' && issue.code === 'invalid_type')) {
    const message = 'The file needs “route”: the first route, which takes everything.';
    return [{ line: 1, severity: 'refused', message }];
  }
  return [{ line: lineOf(path), severity: 'refused', message: `“${name}” ${issue.message}.` }];
}
