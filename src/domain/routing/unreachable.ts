import type { Matcher } from './matcher.ts';
import type { Route } from './route.ts';
import type { PathInFile } from './routes-file.ts';

/** Labels of which an alert has one value at most. */
const SINGLE: ReadonlySet<string> = new Set(['level', 'class', 'kind', 'cause', 'rule', 'watched', 'mass']);

type Found = { at: PathInFile; message: string };

/** Routes that nothing can come to: one before them takes it all, or their conditions exclude each other. */
export function unreachable(route: Route, at: PathInFile, above: readonly Matcher[] = []): Found[] {
  return route.routes.flatMap((next, index) => {
    const here: PathInFile = [...at, 'routes', index];
    const both = [...above, ...next.matchers];
    const contradiction = contradictionIn(both);
    if (contradiction !== null) {
      return [
        {
          at: here,
          message: `Nothing ever comes to the route “${next.title}”: with those above it, it asks for a ${contradiction} that no alert has.`,
        },
      ];
    }
    const before = route.routes.slice(0, index).find((one) => !one.goesOn && takesAll(one, next));
    if (before) {
      const where = before.line === null ? '' : ` in line ${before.line}`;
      return [
        {
          at: here,
          message: `Nothing ever comes to the route “${next.title}”: “${before.title}”${where} takes all of it first. Put this one before it, or give that one “continue: true”.`,
        },
      ];
    }
    return unreachable(next, here, both);
  });
}

/** The label of which the conditions leave no value; null where they leave some. */
function contradictionIn(matchers: readonly Matcher[]): string | null {
  for (const label of SINGLE) {
    const lists = matchers
      .filter((one) => one.label === label && !one.not)
      .flatMap(({ values }) => (values ? [values] : []));
    const [first, ...others] = lists;
    if (first === undefined || others.length === 0) continue;
    if (!first.some((value) => others.every((list) => list.includes(value)))) return label;
  }
  return null;
}

/** Whether whatever meets the conditions of `later` meets those of `earlier`. */
const takesAll = (earlier: Route, later: Route): boolean =>
  earlier.matchers.every((wide) => later.matchers.some((narrow) => implies(narrow, wide)));

function implies(narrow: Matcher, wide: Matcher): boolean {
  if (narrow.label !== wide.label || narrow.not !== wide.not) return false;
  if (narrow.values === null || wide.values === null) return narrow.pattern?.source === wide.pattern?.source;
  const [few, many] = narrow.not ? [wide.values, narrow.values] : [narrow.values, wide.values];
  return few.every((value) => many.includes(value));
}
