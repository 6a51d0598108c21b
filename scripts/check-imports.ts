/** Holds the direction of the arrows between rooms. Exits 1 and names every import that goes the wrong way. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** Rooms that a room may import, besides itself. `app`, `cli` and `main` may import every room. */
const ALLOWED: Record<string, readonly string[]> = {
  config: ['domain'],
  domain: [],
  'event-loop': [],
  language: ['domain'],
  answers: ['domain', 'event-loop', 'language'],
  jobs: ['domain', 'observability'],
  microsoft365: ['domain', 'observability'],
  storage: ['domain', 'event-loop'],
  teams: ['domain', 'answers', 'event-loop', 'language', 'observability'],
  observability: [],
  simulator: [],
};

/** Packages that only one room may import. */
const OWNED: readonly { pattern: RegExp; room: string }[] = [
  { pattern: /^(botbuilder|botframework-|@microsoft\/teams-ai|restify|adaptivecards)/, room: 'teams' },
  { pattern: /^@azure\/msal-node|^@microsoft\/microsoft-graph-client/, room: 'microsoft365' },
  { pattern: /^(kysely|pg|node:sqlite|@electric-sql)/, room: 'storage' },
];

const IMPORT =
  /(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|import\s+['"]([^'"]+)['"]/g;

const problems: string[] = [];
for (const file of globSync('src/**/*.ts')) {
  const parts = file.split(path.sep);
  const room = parts.length > 2 ? (parts[1] ?? '') : '';
  const allowed = ALLOWED[room];
  for (const match of readFileSync(file, 'utf8').matchAll(IMPORT)) {
    const target = match[1] ?? match[2] ?? match[3] ?? '';
    if (target.startsWith('.')) {
      const resolved = path.relative('src', path.resolve(path.dirname(file), target)).split(path.sep);
      const targetRoom = resolved.length > 1 ? (resolved[0] ?? '') : '';
      if (
        targetRoom === 'simulator' &&
        room !== 'simulator' &&
        !file.startsWith(path.join('src', 'cli', 'demo'))
      ) {
        problems.push(`${file}: only the demo command imports the simulator (${target})`);
      } else if (allowed && targetRoom !== room && !allowed.includes(targetRoom)) {
        problems.push(`${file}: ${room} may not import ${targetRoom || 'the top level'} (${target})`);
      }
    } else {
      for (const { pattern, room: owner } of OWNED) {
        if (pattern.test(target) && room !== owner)
          problems.push(`${file}: only src/${owner} imports ${target}`);
      }
      if (room === 'domain' && /^node:/.test(target))
        problems.push(`${file}: domain does no I/O (${target})`);
    }
  }
}
for (const problem of problems) console.error(problem);
console.error(
  problems.length === 0 ? 'imports: every arrow points the right way' : `imports: ${problems.length} wrong`,
);
process.exit(problems.length === 0 ? 0 : 1);
