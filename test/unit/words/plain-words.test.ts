import { glob, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

/** Words that read like a translation, or mean an alert by another word. */
const STILTED = /\b(?:whom|whoever|anew|shall|amiss|for ever|at once|told|persons|thereof|herewith)\b/i;

/** The sentences among the string literals of a source: comments and the expressions inside templates are left out. */
function sentencesOf(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|(?<=^|[\s;,({[])\/\/.*$/gm, '');
  const literals = code.match(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
  return literals
    .map((literal) => literal.slice(1, -1).replaceAll(/\$\{[^{}]*\}/g, '…'))
    .filter((text) => /[a-z…] [a-z…]/i.test(text));
}

const stiltedIn = (file: string, texts: readonly string[]): string[] =>
  texts.filter((text) => STILTED.test(text)).map((text) => `${file}: ${text.trim().slice(0, 160)}`);

describe('what people read is in plain words', () => {
  it('in cards, answers, notices, commands, settings and refusals', async () => {
    const found: string[] = [];
    let sentences = 0;
    for await (const file of glob('src/{answers,app,cli,config,domain,jobs,teams,observability}/**/*.ts')) {
      const texts = sentencesOf(await readFile(file, 'utf8'));
      sentences += texts.length;
      found.push(...stiltedIn(file, texts));
    }
    expect(sentences).toBeGreaterThan(1_000);
    expect(found).toEqual([]);
  });

  it.each([
    'README.md',
    'CHANGELOG.md',
    'docs/admin-guide.md',
    'docs/permissions.md',
    'appPackage/manifest.json',
  ])('in %s', async (file) => {
    expect(stiltedIn(file, (await readFile(file, 'utf8')).split('\n'))).toEqual([]);
  });

  it('also where a sentence is a template, or stands beside a comment', () => {
    const source =
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source of a template.
      "// whom\nconst a = `for ${whom(x)} anew`; /* shall we */ const b = 'whoever'; say('at once, please');";
    expect(sentencesOf(source)).toEqual(['for … anew', 'at once, please']);
  });
});
