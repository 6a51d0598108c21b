import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { VARIABLES } from '../../../src/config/variables.ts';
import { projectFile, ROOT } from './project-files.ts';

const PAGES = ['docs/install.md', 'docs/threat-model.md', 'SECURITY.md'];

describe.each(PAGES)('%s', (name) => {
  const text = projectFile(name);

  it('names only npm scripts, files and headings that exist', () => {
    const { scripts } = JSON.parse(projectFile('package.json'));
    const run = [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, script = '']) => script);
    expect(run.filter((script) => !(script in scripts))).toEqual([]);
    const files = [...text.matchAll(/`((?:deploy|scripts|infra|docs|test)\/[\w./@*-]+)/g)].map(
      ([, file = '']) => file,
    );
    const absent = files.filter(
      (file) => !(existsSync(path.join(ROOT, file)) || globSync(file, { cwd: ROOT }).length > 0),
    );
    expect(absent).toEqual([]);
    const anchors = [...text.matchAll(/\]\(([\w./-]*)#([\w-]+)\)/g)].filter(([, file = '', anchor = '']) => {
      const page = file === '' ? name : path.posix.join(path.posix.dirname(name), file);
      const headings = [...projectFile(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replace(/[^\w\s-]/g, '')
          .replaceAll(' ', '-'),
      );
      return !headings.includes(anchor);
    });
    expect(anchors.map(([link]) => link)).toEqual([]);
  });

  it('names only settings that exist', () => {
    const known = new Set<string>(VARIABLES.map((variable) => variable.name));
    const others = new Set(['DATABASE_PASSWORD', 'CHANGELOG', 'SECRET']);
    const named = [...text.matchAll(/`([A-Z][A-Z]+(?:_[A-Z0-9]+)+)(?:=[^`]*)?`/g)].map(
      ([, setting = '']) => setting,
    );
    const outputs = new Set(
      [...projectFile('infra/azure.bicep').matchAll(/^output (\w+)/gm)].map(([, output]) => output),
    );
    const envs = new Set(
      [...projectFile('env/.env.dev').matchAll(/^(\w+)=/gm)].map(([, variable]) => variable),
    );
    const unknown = named.filter(
      (one) => !known.has(one) && !others.has(one) && !outputs.has(one) && !envs.has(one),
    );
    expect(unknown).toEqual([]);
  });
});

describe('the page about installing', () => {
  const text = projectFile('docs/install.md');

  it('says what every file of deploy/ is for', () => {
    const files = globSync('deploy/**/*.*', { cwd: ROOT }).map((file) => file.replaceAll('\\', '/'));
    expect(files.length).toBeGreaterThan(8);
    const patterns = [...text.matchAll(/`(?:\S*\s)?(deploy\/[\w./@*-]+)/g)].map(
      ([, pattern = '']) => pattern,
    );
    const covered = new Set(patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT })));
    expect(files.filter((file) => !covered.has(file))).toEqual([]);
  });

  it('names only commands that exist', () => {
    const usage = spawnSync(process.execPath, [path.join(ROOT, 'src/main.ts'), 'help'], {
      encoding: 'utf8',
    }).stdout;
    const named = [...text.matchAll(/license-watch (backup|restore|export|[a-z]+) [<f`]/g)].map(
      ([, command]) => command,
    );
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((command) => !usage.includes(`  ${command} `))).toEqual([]);
  });
});
