import { RE2JS } from 're2js';
import { numeral } from '../../numerals.ts';
import { type DocumentPath, RuleError } from './document.ts';

/** Longer expressions are refused: a person cannot read them either. */
export const MOST_REGEX_CHARS = 2000;

/**
 * Compiles a regular expression that looks at each character once, whatever it is: the time grows with the text
 * alone. It is found anywhere in a value.
 * @throws {RuleError} for what such an engine cannot do (look-around, references to groups), and for mistakes
 */
export function regexTest(
  source: string,
  flags: { i: boolean; m: boolean; s: boolean },
  path: DocumentPath,
): (text: string) => boolean {
  if (source.length > MOST_REGEX_CHARS) {
    throw new RuleError(
      path,
      `The regular expression has ${numeral(source.length)} characters; ${numeral(MOST_REGEX_CHARS)} are the limit.`,
    );
  }
  if (/(?:^|[^\\])(?:\\\\)*\(\?(?:[=!]|<[=!])/.test(source)) {
    throw new RuleError(
      path,
      'The regular expression looks around with (?=, (?!, (?<= or (?<!, which cannot be done in linear time.',
    );
  }
  try {
    const compiled = RE2JS.compile(
      source,
      (flags.i ? RE2JS.CASE_INSENSITIVE : 0) | (flags.m ? RE2JS.MULTILINE : 0) | (flags.s ? RE2JS.DOTALL : 0),
    );
    return (text) => compiled.test(text);
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    throw new RuleError(path, `The regular expression is not one that runs in linear time: ${reason}.`);
  }
}
