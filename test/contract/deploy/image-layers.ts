import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import ignore from 'ignore';
import { projectFile, ROOT } from '../packaging/project-files.ts';
import { developmentPackages } from '../packaging/uploaded.ts';
import { type Dockerfile, environmentOf, type Instruction, type Stage } from './dockerfile.ts';

/**
 * Does what a Dockerfile says, without a container engine: each stage is a folder in `target`, in which COPY and RUN do
 * what they do. Files come from the project through .dockerignore. What `npm ci` installs is what is installed here.
 * @returns the folder of the last stage
 */
export function buildLayers({ stages }: Dockerfile, target: string): string {
  const isSent = contextRules();
  const built = new Map<string, string>();
  let last = '';
  for (const stage of stages) {
    const root = path.join(target, stage.name);
    mkdirSync(root, { recursive: true });
    let workdir = built.has(stage.image) ? '/app' : '/';
    for (const instruction of stage.instructions) {
      if (instruction.name === 'WORKDIR') {
        workdir = instruction.rest;
        mkdirSync(path.join(root, workdir), { recursive: true });
      }
      const folder = path.join(root, workdir);
      mkdirSync(folder, { recursive: true });
      if (instruction.name === 'COPY') copy(instruction, folder, built, isSent);
      if (instruction.name === 'RUN') run(instruction, stage, root, folder);
    }
    built.set(stage.name, root);
    last = root;
  }
  return last;
}

/** Whether a path of the project is sent to the builder. The rules of this project's file are those of gitignore, too. */
export function contextRules(): (relative: string) => boolean {
  const rules = ignore({ allowRelativePaths: false }).add(projectFile('.dockerignore'));
  const names = projectFile('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  // Docker goes into a folder for what is named below it; gitignore does not.
  return (relative) =>
    names.some((name) => relative === name || relative.startsWith(`${name}/`)) || !rules.ignores(relative);
}

function copy(
  { rest, flags }: Instruction,
  folder: string,
  built: ReadonlyMap<string, string>,
  isSent: (relative: string) => boolean,
): void {
  const words = rest.split(/\s+/);
  const to = words.pop() ?? '';
  for (const from of words) {
    const stage = flags.from === undefined ? null : built.get(flags.from);
    if (stage === undefined) throw new Error(`There is no stage ${flags.from}.`);
    const name = from.replace(/\/$/, '');
    const source = stage === null ? path.join(ROOT, name) : path.join(stage, name);
    if (!existsSync(source)) throw new Error(`COPY ${from}: there is no such file.`);
    const accepts = (file: string): boolean =>
      stage !== null || isSent(path.relative(ROOT, file).replaceAll('\\', '/'));
    const isFolder = statSync(source).isDirectory();
    const place =
      isFolder || !to.endsWith('/') ? path.join(folder, to) : path.join(folder, to, path.basename(name));
    if (!isFolder && !accepts(source)) throw new Error(`COPY ${from}: .dockerignore leaves it out.`);
    place.endsWith('/.') ? linkAll(source, path.dirname(place), accepts) : linkAll(source, place, accepts);
  }
}

function run({ rest, line }: Instruction, stage: Stage, root: string, folder: string): void {
  if (/^npm ci( |$)/.test(rest)) {
    if (!rest.includes('--ignore-scripts')) throw new Error('Packages may run no scripts.');
    for (const needed of ['package.json', 'package-lock.json'])
      if (!existsSync(path.join(folder, needed))) throw new Error(`npm ci needs ${needed}.`);
    if (!rest.includes('--omit=dev')) {
      // All of them, to read: a link to the project's own saves minutes. Nothing may be taken out of that.
      symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
      return;
    }
    const dropped = developmentPackages();
    linkAll(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), (file) => {
      const name = path.relative(ROOT, file).replaceAll('\\', '/');
      return !dropped.has(name) && !/node_modules\/\.(?!bin)/.test(name);
    });
    return;
  }
  if (/trim-packages|npm prune|\brm\b/.test(rest) && isShared(path.join(folder, 'node_modules'))) {
    throw new Error(`Line ${line} takes something out of packages that are shared here.`);
  }
  // Absolute paths of the image are below its folder here; owners need root.
  const command = rest.replaceAll(/ \/(data)\b/g, ` ${root}/$1`).replaceAll(/chown \S+ \S+/g, 'true');
  const done = spawnSync('/bin/sh', ['-euc', command], {
    cwd: folder,
    env: { PATH: `${path.dirname(process.execPath)}:${process.env.PATH}`, ...environmentOf(stage) },
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`Line ${line}: ${rest}\n${done.stdout}${done.stderr}`);
}

/** Links files, so that a large tree takes no room; folders are made. Nothing here may change a file in place. */
function linkAll(from: string, to: string, accepts: (file: string) => boolean): void {
  if (!accepts(from)) return;
  if (!statSync(from).isDirectory()) {
    mkdirSync(path.dirname(to), { recursive: true });
    try {
      linkSync(from, to);
    } catch {
      copyFileSync(from, to);
    }
    return;
  }
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (existsSync(path.join(from, name))) linkAll(path.join(from, name), path.join(to, name), accepts);
  }
}

const isShared = (name: string): boolean => existsSync(name) && lstatSync(name).isSymbolicLink();
