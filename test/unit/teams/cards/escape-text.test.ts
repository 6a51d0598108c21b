import { describe, expect, it } from 'vitest';
import { clip, markdownText, plainText } from '../../../../src/teams/cards/escape-text.ts';

const J = '\u2060';

describe('text from outside in a field that shows Markdown', () => {
  it.each([
    ['a plain name', 'Adele Vance', 'Adele Vance'],
    ['a link', '[click](http://evil.example)', `\\[click\\]${J}(http:${J}//evil.example)`],
    ['an image', '![x](y)', `!\\[x\\]${J}(y)`],
    ['an autolink', '<http://evil.example>', `\\<http:${J}//evil.example\\>`],
    ['a bare address', 'see www.evil.example', `see www.${J}evil.example`],
    ['emphasis', '*a* _b_ **c** ~~d~~', '\\*a\\* \\_b\\_ \\*\\*c\\*\\* \\~\\~d\\~\\~'],
    ['code', '`rm`', '\\`rm\\`'],
    ['a backslash before a mark', '\\*a', '\\\\\\*a'],
    ['a heading', '# Boss', '\\# Boss'],
    ['a list', '- item', '\\- item'],
    ['a plus list', '+ item', '\\+ item'],
    ['a numbered list', '1. item', `1${J}. item`],
    ['a number at the start', '365 days', '365 days'],
    ['a rule', '---', '\\---'],
    ['a quote', '> said', '\\> said'],
    ['an entity', 'AT&amp;T &lt;b&gt;', 'AT\\&amp;T \\&lt;b\\&gt;'],
    ['an ampersand', 'R&D', 'R&D'],
    ['a mention', '<at>Megan</at>', '\\<at\\>Megan\\</at\\>'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the templating library.
    ['a template expression', '${$root.secret}', `$${J}{$root.secret}`],
    ['a card function', '{{DATE(2026-03-05)}}', `{${J}{DATE(2026-03-05)}}`],
    ['line breaks', 'a\n\n# b\r\nc', 'a # b c'],
    ['control characters', 'a\u0000b\u0007c\u009bd', 'a b c d'],
    ['reversed text', 'Rick\u202e exe', 'Rick exe'],
    ['half a surrogate pair', 'a\ud83d', 'a\ufffd'],
    ['other scripts', 'Ødegård 山田太郎 محمد', 'Ødegård 山田太郎 محمد'],
    ['a joined emoji', '👩‍💻', '👩‍💻'],
    ['nothing', '', ''],
  ])('shows %s letter by letter', (_what, text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });

  it('is cut before it is escaped, so that no escape is torn', () => {
    expect(markdownText('*'.repeat(20), 5)).toBe('\\*\\*\\*\\*…');
  });
});

describe('text from outside in a field that shows it as it is', () => {
  it('keeps its marks, and loses what would be an expression, a link or a second line', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the templating library.
    expect(plainText('*a*\n[b](http://c) ${d}')).toBe(`*a* [b]${J}(http:${J}//c) $${J}{d}`);
  });
});

describe('cutting a text', () => {
  it('counts whole characters', () => {
    expect(clip('👩‍💻👩‍💻👩‍💻', 12)).toBe('👩‍💻👩‍💻…');
    expect(clip('short', 5)).toBe('short');
  });
});
