import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { commandsIn, docProblems, type Facts, pictureProblems } from '../../../scripts/check-docs.ts';

const FACTS: Facts = {
  commands: new Set(['serve', 'ask']),
  scripts: new Set(['demo', 'test:fast']),
  settings: new Set(['HOST', 'BOT_ID']),
  exists: (file) => ['docs/guide.md', 'docs/other.md', 'src/main.ts', 'docs/a.png'].includes(file),
};
const problemsOf = (text: string, other = '# Other\n\n## What *is* `this`?\n'): string[] =>
  docProblems(
    new Map([
      ['docs/guide.md', text],
      ['docs/other.md', other],
    ]),
    FACTS,
  );

describe('a page', () => {
  it.each([
    [
      'links of pages, headings, pictures and the web',
      '[a](other.md) [b](other.md#what-is-this) ![c](a.png) [d](https://x.example/y)',
    ],
    ['a link to a heading of its own', '# My own\n\n[a](#my-own)'],
    ['commands and scripts', '`license-watch ask "x"`, `npm run --silent demo`, `npm run test:fast`'],
    ['settings and files', '`BOT_ID`, `HOST=0.0.0.0`, `SECRET_BOT_ID`, `src/main.ts`'],
    ['a sentence about License Watch', 'A license-watch command runs.'],
    ['brackets in code', '`a[0](x)`'],
  ])('may have %s', (_, text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it.each([
    ['[a](gone.md)', 'docs/guide.md links to gone.md, which is not there.'],
    ['![a](gone.png)', 'docs/guide.md links to gone.png, which is not there.'],
    ['[a](other.md#gone)', 'docs/guide.md links to other.md#gone, and there is no such heading.'],
    ['[a](#gone)', 'docs/guide.md links to #gone, and there is no such heading.'],
    ['`license-watch fly now`', 'docs/guide.md names the command fly, which is not there.'],
    ['```sh\nlicense-watch fly\n```', 'docs/guide.md names the command fly, which is not there.'],
    ['`npm run fly`', 'docs/guide.md names the npm script fly, which is not there.'],
    ['`BOT_IDD`', 'docs/guide.md names the setting BOT_IDD, which there is not.'],
    ['`src/gone.ts`', 'docs/guide.md names src/gone.ts, which is not there.'],
  ])('may not have %s', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});

describe('pictures of cards', () => {
  const bytes = Buffer.from('picture');
  const picture = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const shown = '![x](images/cards/one.png)';

  it('are as they were taken, and on the page', () => {
    expect(pictureProblems({ one: { picture } }, new Map([['one', bytes]]), shown)).toEqual([]);
  });

  it.each([
    ['changed by hand', { one: { picture: 'other' } }, new Map([['one', bytes]]), shown],
    ['gone', { one: { picture } }, new Map<string, Uint8Array>(), shown],
    ['not noted', {}, new Map([['one', bytes]]), shown],
    ['on no page', { one: { picture } }, new Map([['one', bytes]]), ''],
  ])('are a problem where one is %s', (_, manifest: Record<string, { picture: string }>, pictures, page) => {
    expect(pictureProblems(manifest, pictures, page)).toHaveLength(1);
  });
});

it('the commands are those of the command line', () => {
  const main =
    "const COMMANDS = {\n  serve: { summary: 'run' },\n  'two-words': {\n    summary: 'x',\n  },\n};\n";
  expect([...commandsIn(main)]).toEqual(['serve', 'two-words']);
});
