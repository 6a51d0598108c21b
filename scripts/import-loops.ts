/** Finds folders that import each other, directly or through others. */
import path from 'node:path';

/** An import inside a room: two paths with forward slashes, relative to the project. */
export type InsideImport = { file: string; target: string };

/**
 * Names the imports that close a loop among folders, one sentence each. A file beside a folder of its own name is
 * the folder's face and counts as part of it: `ports.ts` beside `ports/`.
 */
export function loopsAmong(imports: readonly InsideImport[]): string[] {
  const folders = new Set(imports.flatMap(({ file, target }) => [file, target].map(path.posix.dirname)));
  const folderOf = (file: string): string => {
    const own = file.replace(/\.ts$/, '');
    return folders.has(own) ? own : path.posix.dirname(file);
  };
  const edges = imports
    .map(({ file, target }) => ({ file, target, from: folderOf(file), to: folderOf(target) }))
    .filter(({ from, to }) => from !== to);
  const next = Map.groupBy(edges, ({ from }) => from);
  return edges.flatMap(({ file, target, from, to }) => {
    const way = wayTo(from, to, (folder) => new Set((next.get(folder) ?? []).map((edge) => edge.to)));
    return way === null ? [] : [`${file}: imports ${target}, but ${[...way].join(' imports ')} already`];
  });
}

/** The shortest way from one folder to another along imports, both ends included; null where there is none. */
function wayTo(goal: string, start: string, next: (folder: string) => ReadonlySet<string>): string[] | null {
  const ways: string[][] = [[start]];
  const seen = new Set([start]);
  for (const way of ways) {
    const last = way.at(-1) ?? start;
    if (last === goal) return way;
    for (const folder of next(last)) {
      if (seen.has(folder)) continue;
      seen.add(folder);
      ways.push([...way, folder]);
    }
  }
  return null;
}
