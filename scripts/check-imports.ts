/** Holds the direction of the arrows between rooms, and between the folders of a room. Exits 1 and names each wrong import. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { loopsAmong } from './import-loops.ts';

/** Rooms that a room may import, besides itself. `app`, `cli` and `main` may import every room. */
const ALLOWED: Record<string, readonly string[]> = {
  config: ['domain'],
  domain: [],
  'event-loop': [],
  language: ['domain'],
  answers: ['domain', 'event-loop', 'language'],
  jobs: ['domain', 'observability'],
  microsoft365: ['domain', 'observability'],
  'rule-files': ['domain', 'observability'],
  storage: ['domain', 'event-loop'],
  teams: ['domain', 'answers', 'event-loop', 'language', 'observability'],
  observability: [],
  siem: ['domain'],
  'route-files': ['domain'],
  simulator: [],
};

/** Rooms whose folders import each other in one direction only. */
const ONE_WAY: ReadonlySet<string> = new Set([
  'answers',
  'config',
  'domain',
  'jobs',
  'microsoft365',
  'rule-files',
  'storage',
]);

/** Packages that only one room may import. */
const OWNED: readonly { pattern: RegExp; room: string }[] = [
  { pattern: /^(botbuilder|botframework-|@microsoft\/teams-ai|restify|adaptivecards)/, room: 'teams' },
  { pattern: /^@azure\/msal-node|^@microsoft\/microsoft-graph-client/, room: 'microsoft365' },
  { pattern: /^(kysely|pg|node:sqlite|@electric-sql)/, room: 'storage' },
];

/** The one thing of Node that the domain uses: it reads nothing and always answers the same. */
const PURE = "import { hash } from 'node:crypto'";

const IMPORT =
  /(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|import\s+['"]([^'"]+)['"]/g;

/** Sources by their path, relative to the project and with forward slashes: `src/jobs/lease.ts`. */
export type Sources = ReadonlyMap<string, string>;

/** Says which imports go the wrong way, one sentence each. */
export function importProblems(sources: Sources): string[] {
  const imports = [...sources].flatMap(([file, text]) =>
    [...text.matchAll(IMPORT)].map((match) => ({
      file,
      whole: match[0],
      target: match[1] ?? match[2] ?? match[3] ?? '',
    })),
  );
  const inside = imports
    .filter(({ target }) => target.startsWith('.'))
    .map(({ file, target }) => ({ file, target: path.posix.join(path.posix.dirname(file), target) }));
  return [
    ...inside.flatMap(({ file, target }) => problemOf(file, target) ?? []),
    ...imports.filter(({ target }) => !target.startsWith('.')).flatMap(packageProblems),
    ...loopsAmong(
      inside.filter(({ file, target }) => ONE_WAY.has(roomOf(file)) && roomOf(file) === roomOf(target)),
    ),
  ];
}

/** The room of a source; empty for what stands beside the rooms. */
function roomOf(file: string): string {
  const [src, room = '', ...rest] = file.split('/');
  return src === 'src' && rest.length > 0 ? room : '';
}

function problemOf(file: string, target: string): string | null {
  const [room, targetRoom] = [roomOf(file), roomOf(target)];
  if (targetRoom === 'simulator' && room !== 'simulator' && !file.startsWith('src/cli/demo')) {
    return `${file}: only the demo command imports the simulator (${target})`;
  }
  const allowed = ALLOWED[room];
  if (!allowed || targetRoom === room || allowed.includes(targetRoom)) return null;
  return `${file}: ${room} may not import ${targetRoom || 'the top level'} (${target})`;
}

function packageProblems({ file, whole, target }: { file: string; whole: string; target: string }): string[] {
  const room = roomOf(file);
  const problems = OWNED.filter(({ pattern, room: owner }) => pattern.test(target) && room !== owner).map(
    ({ room: owner }) => `${file}: only src/${owner} imports ${target}`,
  );
  return room === 'domain' && target.startsWith('node:') && whole !== PURE
    ? [...problems, `${file}: domain does no I/O (${target})`]
    : problems;
}

if (import.meta.main) {
  const files = globSync('src/**/*.ts').map((file) => file.replaceAll('\\', '/'));
  const problems = importProblems(new Map(files.map((file) => [file, readFileSync(file, 'utf8')])));
  for (const problem of problems) console.error(problem);
  console.error(
    problems.length === 0 ? 'imports: every arrow points the right way' : `imports: ${problems.length} wrong`,
  );
  process.exit(problems.length === 0 ? 0 : 1);
}
