import { copyFileSync, linkSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ignore from 'ignore';
import { z } from 'zod';
import { projectFile, ROOT } from './project-files.ts';

/**
 * Whether the Agents Toolkit uploads a path of the project: its `zipDeploy` gives the lines of the file to the
 * npm package `ignore`, whose rules are those of .gitignore (teamsfx-core 3.1.3, `baseDeployImpl.js` handleIgnore).
 */
export function uploadRules(): (relative: string) => boolean {
  const rules = ignore().add('.deployment');
  for (const line of projectFile('.webappignore').split('\n')) rules.add(line.trim());
  return (relative) => !rules.test(relative).ignored;
}

const Lock = z.object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) });

/** The folders of packages that `npm prune --omit=dev` takes away, relative to the project. */
export function developmentPackages(): ReadonlySet<string> {
  const { packages } = Lock.parse(JSON.parse(projectFile('package-lock.json')));
  return new Set(Object.keys(packages).filter((folder) => packages[folder]?.dev));
}

/**
 * Lays out in `target` what the web app gets: the project without development packages, as the deploy steps of
 * teamsapp.yml leave it, less what the rules leave out. `lib` is where the build is.
 * @returns how many files there are
 */
export function layOutUpload(target: string, lib: string): number {
  const isUploaded = uploadRules();
  const dropped = developmentPackages();
  let files = 0;
  const walk = (from: string, relative: string): void => {
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      const name = path.posix.join(relative, entry.name);
      const source = path.join(from, entry.name);
      if (dropped.has(name) || !isUploaded(name)) continue;
      if (entry.isDirectory()) walk(source, name);
      else if (entry.isFile()) {
        put(source, path.join(target, name));
        files++;
      }
    }
  };
  for (const entry of readdirSync(ROOT, { withFileTypes: true })) {
    if (LEFT_OUT.has(entry.name) || !isUploaded(entry.name)) continue;
    if (entry.isDirectory()) walk(path.join(ROOT, entry.name), entry.name);
    else if (entry.isFile()) put(path.join(ROOT, entry.name), path.join(target, entry.name));
  }
  walk(lib, 'lib');
  return files;
}

/** What a fresh clone does not have, and the checkout's own build, which may be an old one. */
const LEFT_OUT = new Set(['.git', 'lib', 'data', 'build', 'coverage']);

function put(source: string, target: string): void {
  mkdirSync(path.dirname(target), { recursive: true });
  try {
    linkSync(source, target);
  } catch {
    // Another file system, or one without hard links.
    copyFileSync(source, target);
  }
}
