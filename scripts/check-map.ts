/**
 * Holds docs/architecture.md and AGENTS.md to the tree: every folder of src/ stands in the map, and every path, file
 * and function that the pages name exists. Exits 1 and says in a sentence what is wrong.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** The page with the map: a table whose rows begin with a folder. */
export const MAP = 'docs/architecture.md';
const PAGES = [MAP, 'AGENTS.md'];

/** What the tree has. Paths are relative to the project and have forward slashes; a folder ends in one. */
export type Tree = {
  /** Sources, tests and scripts. */
  files: readonly string[];
  exists(path: string): boolean;
  /** Whether a file or folder fits a path with `*` in it. */
  fits(pattern: string): boolean;
  read(path: string): string;
};

const ROOTED = /^(?:src|test|scripts|bench|docs|appPackage|env|infra|\.ci|\.vscode)\//;
const FOLDER_ROW = /^\| `(src\/[^`]*)` \|/gm;
const CODE = /`([^`\n]+)`/g;
const LINK = /\]\(([^)#:\s]+)(?:#[^)]*)?\)/g;
const SOURCE_NAME = /^[\w.…/-]*\.(?:ts|jsonl)$/;

/** Says what the pages claim that the tree has not, and which folders the map leaves out; one sentence each. */
export function mapProblems(pages: Readonly<Record<string, string>>, tree: Tree): string[] {
  return [
    ...missingFolders(pages[MAP] ?? '', tree),
    ...Object.entries(pages).flatMap(([page, text]) =>
      [
        ...[...text.matchAll(CODE)].flatMap(([, code = '']) =>
          code.split(/[\s,;()]+/).flatMap((token) => problemOf(token, tree) ?? []),
        ),
        ...[...text.matchAll(LINK)].flatMap(([, link = '']) => {
          const target = path.posix.join(path.posix.dirname(page), link);
          return tree.exists(target) ? [] : [`links to ${target}, which does not exist.`];
        }),
      ].map((problem) => `${page} ${problem}`),
    ),
  ];
}

function missingFolders(map: string, { files }: Tree): string[] {
  const listed = new Set([...map.matchAll(FOLDER_ROW)].map(([, folder = '']) => folder));
  const folders = new Set(
    files.filter((file) => /^src\/.*\/.*\.ts$/.test(file)).map((file) => `${path.posix.dirname(file)}/`),
  );
  return [...folders.difference(listed)]
    .sort()
    .map((folder) => `${MAP} has no row for ${folder} in its map of folders: say in one line what it is.`);
}

/** What is wrong with a word in code type; null where it names nothing of the tree, or something that is there. */
function problemOf(token: string, tree: Tree): string | null {
  const [file = '', name] = token.split('#');
  if (file.includes('<') || file.includes('…')) return null;
  if (ROOTED.test(file)) {
    if (!(file.includes('*') ? tree.fits(file) : tree.exists(file)))
      return `names ${file}, which does not exist.`;
    return name === undefined || declares(tree.read(file), name)
      ? null
      : `names ${name} of ${file}, which has none.`;
  }
  if (!SOURCE_NAME.test(file) || file.startsWith('.')) return null;
  return tree.files.some((known) => known.endsWith(`/${file}`))
    ? null
    : `names ${file}, which no folder has.`;
}

const declares = (source: string, name: string): boolean =>
  new RegExp(`\\b(?:function\\*?|const|class|type)\\s+${name}\\b`).test(source);

const onDisk: Tree = {
  files: globSync('{src,test,scripts,bench}/**').map((file) => file.split(path.sep).join('/')),
  exists: existsSync,
  fits: (pattern) => globSync(pattern).length > 0,
  read: (file) => readFileSync(file, 'utf8'),
};

if (import.meta.main) {
  const pages = Object.fromEntries(PAGES.map((page) => [page, readFileSync(page, 'utf8')]));
  const problems = mapProblems(pages, onDisk);
  for (const problem of problems) console.error(problem);
  console.error(problems.length === 0 ? 'map: docs and tree agree' : `map: ${problems.length} wrong`);
  process.exit(problems.length === 0 ? 0 : 1);
}
