import { describe, expect, it } from 'vitest';
import { VARIABLES } from '../../../src/config/variables.ts';
import { projectFile, projectFiles } from '../packaging/project-files.ts';
import { environmentOf, lastStage, onlyOne, readDockerfile, wordsOf } from './dockerfile.ts';
import { contextRules } from './image-layers.ts';

const dockerfile = readDockerfile();
const { args, stages } = dockerfile;
const runtime = lastStage(dockerfile);
const known = new Set<string>(VARIABLES.map(({ name }) => name));

/** The rules of hadolint that the instructions used here can break. */
describe('the Dockerfile', () => {
  it('builds on Node slim by its full version, the one that the project brings, and by its digest once that is known', () => {
    const { packages } = JSON.parse(projectFile('package-lock.json'));
    expect(args.NODE_VERSION).toBe(packages['node_modules/node'].version);
    expect(args.NODE_DIGEST).toMatch(/^$|^@sha256:[0-9a-f]{64}$/);
    expect(stages[0]?.image).toBe(`node:${args.NODE_VERSION}-slim${args.NODE_DIGEST}`);
    const names = stages.map(({ name }) => name);
    expect(stages.slice(1).filter(({ image }) => !names.includes(image))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('runs as a numbered user that is not root, after everything that needs root', () => {
    const { rest } = onlyOne(runtime, 'USER');
    expect(rest).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    const names = runtime.instructions.map(({ name }) => name);
    expect(names.slice(names.indexOf('USER')).filter((name) => name === 'RUN' || name === 'COPY')).toEqual(
      [],
    );
  });

  it('starts without a shell, so that signals reach the program', () => {
    expect(wordsOf(onlyOne(runtime, 'ENTRYPOINT').rest)).toEqual(['node', 'lib/main.js']);
    expect(wordsOf(onlyOne(runtime, 'CMD').rest)).toEqual(['serve']);
    expect(onlyOne(runtime, 'STOPSIGNAL').rest).toBe('SIGTERM');
  });

  it('asks for its health without a program that the image does not have', () => {
    const { rest, flags } = onlyOne(runtime, 'HEALTHCHECK');
    const [program, ...words] = wordsOf(rest.replace(/^CMD /, ''));
    expect(program).toBe('node');
    expect(words.join(' ')).not.toMatch(/curl|wget/);
    expect(Object.keys(flags).sort()).toEqual(['interval', 'retries', 'start-period', 'timeout']);
  });

  it('sets only settings that exist, and no secret', () => {
    const names = Object.keys(environmentOf(runtime)).filter((name) => name !== 'NODE_ENV');
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    const secret = new Set<string>(VARIABLES.filter((one) => one.secret).map(({ name }) => name));
    expect(names.filter((name) => secret.has(name) && name !== 'DATABASE_URL')).toEqual([]);
  });

  const all = stages.flatMap(({ instructions }) => instructions);
  it.each<[string, (instruction: (typeof all)[number]) => boolean]>([
    [
      'DL3000 a WORKDIR that is not absolute',
      ({ name, rest }) => name === 'WORKDIR' && !rest.startsWith('/'),
    ],
    ['DL3003 cd in a RUN', ({ name, rest }) => name === 'RUN' && /(^|[;&|]\s*)cd\s/.test(rest)],
    ['DL3004 sudo', ({ name, rest }) => name === 'RUN' && /\bsudo\b/.test(rest)],
    ['DL3008 packages of the system', ({ name, rest }) => name === 'RUN' && /\bapt(-get)? /.test(rest)],
    ['DL3011 a port that is none', ({ name, rest }) => name === 'EXPOSE' && !(Number(rest) <= 65_535)],
    [
      'DL3016 a package without a version',
      ({ name, rest }) => name === 'RUN' && /npm (i|install)\b/.test(rest),
    ],
    [
      'DL3021 several files into what is no folder',
      ({ name, rest }) => name === 'COPY' && rest.split(/\s+/).length > 2 && !/\/$/.test(rest),
    ],
    [
      'DL3022 a stage that does not exist',
      ({ name, flags }) =>
        name === 'COPY' && flags.from !== undefined && !stages.some((one) => one.name === flags.from),
    ],
    [
      'DL3025 a shell for the program',
      ({ name, rest }) => /^(CMD|ENTRYPOINT)$/.test(name) && !rest.startsWith('['),
    ],
    ['DL4006 a pipe that hides a failure', ({ name, rest }) => name === 'RUN' && /[^|]\|[^|]/.test(rest)],
    ['COPY of everything', ({ name, rest }) => name === 'COPY' && /^\.\/? /.test(rest)],
  ])('has no %s', (_, isBroken) => {
    expect(all.filter(isBroken)).toEqual([]);
  });
});

describe('.dockerignore', () => {
  const isSent = contextRules();
  it.each([
    '.env',
    'env/.env.dev',
    'env/.env.dev.user',
    '.git/config',
    'data/license-watch.db',
    'node_modules/pg/package.json',
    '.localConfigs',
    'test/fakes/x.ts',
    'lib/main.js',
  ])('keeps %s away from the builder', (name) => expect(isSent(name)).toBe(false));

  it('sends all that is copied', () => {
    const copied = stages
      .flatMap(({ instructions }) => instructions)
      .filter(({ name, flags }) => name === 'COPY' && flags.from === undefined)
      .flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1));
    expect(copied.filter((name) => !isSent(name.replace(/\/$/, '')))).toEqual([]);
    const sources = projectFiles('src/**/*.json').map(({ name }) => name);
    expect(sources.filter((name) => !isSent(name))).toEqual([]);
  });
});
