import { WHOLE_IN_A_LINE, withBreaks } from './breaks.ts';

/** Marks that Markdown reads anywhere in a line; the backslash first, as it is itself an escape. */
const INLINE_MARKS = /[\\`*_[\]<>~|]/g;

/** Marks that only count at the start of a line: headings, quotes, lists, rules, "1." and "1)". */
const LINE_START = /^(\s*)([#>+\-=]|\d{1,9}(?=[.)]))/;

/** An entity would be shown as the character it names. */
const ENTITY = /&(?=#?\w+;)/g;

/** Invisible, of no width, and no place to break a line. */
const WORD_JOINER = '\u2060';

/**
 * Everything that moves, hides or reverses text: control characters, line and paragraph separators, and
 * the marks with which a name can pretend to end in something else.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it takes out.
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/g;

/**
 * A text from outside for a field that shows Markdown (TextBlock, FactSet).
 * It is shown letter by letter: no link, no emphasis, no list, no heading, no template or date expression.
 * @param text what a tenant, a person or Microsoft wrote
 * @param maxLength longer texts are cut, with an ellipsis
 */
export function markdownText(text: string, maxLength = 1_000): string {
  return breakExpressions(
    withBreaks(clip(oneLine(text), maxLength), WHOLE_IN_A_LINE)
      .replace(INLINE_MARKS, '\\$&')
      .replace(ENTITY, '\\&')
      .replace(LINE_START, escapeStart),
  );
}

/** As `markdownText`, for fields that show text as it is: action titles, choices, summaries. */
export function plainText(text: string, maxLength = 1_000): string {
  return breakExpressions(clip(oneLine(text), maxLength));
}

/** As `plainText`, for text runs: they show no Markdown, and nothing else breaks a long address in them. */
export const runText = (text: string, maxLength = 1_000): string =>
  withBreaks(plainText(text, maxLength), WHOLE_IN_A_LINE);

/** Cuts by characters as people count them, so that no emoji or accent is torn. */
export function clip(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(
    text.slice(0, maxLength * 2),
  )) {
    if (kept.length + segment.length > maxLength - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

function oneLine(text: string): string {
  return text.toWellFormed().replace(CONTROLS, ' ').replace(/\s+/g, ' ').trim();
}

function escapeStart(_all: string, space: string, mark: string): string {
  // A digit cannot be escaped; its dot can, but only the joiner also stops renderers that know no escapes.
  return /\d/.test(mark) ? `${space}${mark}${WORD_JOINER}` : `${space}\\${mark}`;
}

/**
 * `${…}` is a template, `{{DATE(…)}}` a card function, `](` makes a link where Markdown is shown against
 * expectation, and an address may be made a link by the client itself. A joiner inside leaves them readable
 * and dead.
 */
function breakExpressions(text: string): string {
  return text
    .replace(/\$\{/g, `$${WORD_JOINER}{`)
    .replace(/\{\{/g, `{${WORD_JOINER}{`)
    .replace(/\]\(/g, `]${WORD_JOINER}(`)
    .replace(/:\/\//g, `:${WORD_JOINER}//`)
    .replace(/\bwww\./gi, `$&${WORD_JOINER}`);
}
