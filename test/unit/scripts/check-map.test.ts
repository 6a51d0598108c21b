import { describe, expect, it } from 'vitest';
import { MAP, mapProblems, type Tree } from '../../../scripts/check-map.ts';

const SOURCES: Readonly<Record<string, string>> = {
  'src/main.ts': '',
  'src/jobs/scan.ts': 'export async function scan(): Promise<void> {}',
  'src/jobs/explain/attribute.ts': 'const explainRead = 1;',
};

const tree: Tree = {
  files: Object.keys(SOURCES),
  exists: (path) => path.endsWith('/') || path === 'docs/guide.md' || path in SOURCES,
  fits: (pattern) => pattern === 'src/jobs/*.ts',
  read: (path) => SOURCES[path] ?? '',
};

const ROWS = '| `src/jobs/` | Runs. |\n| `src/jobs/explain/` | Explains. |\n';

const problems = (text: string, agents = ''): string[] =>
  mapProblems({ [MAP]: ROWS + text, 'AGENTS.md': agents }, tree);

describe('the check of the map', () => {
  it('takes a page whose folders, paths, functions and links are all there', () => {
    const page =
      'It runs `src/jobs/scan.ts#scan`, then `explain/attribute.ts#explainRead`; see `scan.ts`, `src/jobs/*.ts`, ' +
      '`node src/main.ts demo`, `src/<room>/new.ts`, `npm test` and [the guide](guide.md#scan).';
    expect(problems(page, 'See [the guide](docs/guide.md).')).toEqual([]);
  });

  it.each([
    ['a path', '`src/jobs/gone.ts`', 'docs/architecture.md names src/jobs/gone.ts, which does not exist.'],
    [
      'a path in a command',
      '`node src/gone.ts`',
      'docs/architecture.md names src/gone.ts, which does not exist.',
    ],
    [
      'a function',
      '`src/jobs/scan.ts#read`',
      'docs/architecture.md names read of src/jobs/scan.ts, which has none.',
    ],
    ['a file by its name', '`gone.ts`', 'docs/architecture.md names gone.ts, which no folder has.'],
    ['a pattern', '`src/answers/*.ts`', 'docs/architecture.md names src/answers/*.ts, which does not exist.'],
    ['a link', '[x](gone.md)', 'docs/architecture.md links to docs/gone.md, which does not exist.'],
  ])('says that %s is not there', (_, page, sentence) => {
    expect(problems(page)).toEqual([sentence]);
  });

  it('says which page it is', () => {
    expect(problems('', '`gone.ts`')).toEqual(['AGENTS.md names gone.ts, which no folder has.']);
  });

  it('says which folder has no row', () => {
    expect(mapProblems({ [MAP]: '| `src/jobs/` | Runs. |' }, tree)).toEqual([
      'docs/architecture.md has no row for src/jobs/explain/ in its map of folders: say in one line what it is.',
    ]);
  });
});
