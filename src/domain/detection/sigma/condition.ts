import { numeral } from '../../numerals.ts';
import { type DocumentPath, RuleError } from './document.ts';
import { allOf, anyOf, not, someOf, type Test } from './test.ts';

const MOST_CHARS = 20_000;
const MOST_NESTED = 200;

type Parser = {
  words: string[];
  at: number;
  depth: number;
  selections: ReadonlyMap<string, Test>;
  path: DocumentPath;
};

/**
 * Compiles a condition over selections: `selection and not 1 of filter_*`. `not` binds more than `and`, `and` more
 * than `or`.
 * @throws {RuleError} where it cannot be read or names a selection that is not there
 */
export function conditionTest(
  condition: string,
  selections: ReadonlyMap<string, Test>,
  path: DocumentPath,
): Test {
  if (condition.length > MOST_CHARS) {
    throw new RuleError(
      path,
      `The condition has ${numeral(condition.length)} characters; ${numeral(MOST_CHARS)} are the limit.`,
    );
  }
  const words = condition.match(/[()|]|[^\s()|]+/g) ?? [];
  const parser: Parser = { words, at: 0, depth: 0, selections, path };
  const test = either(parser);
  const rest = words[parser.at];
  if (rest === '|') {
    throw new RuleError(
      path,
      'The condition counts with “|”, which Sigma has given up: write a correlation.',
    );
  }
  if (rest !== undefined) throw new RuleError(path, `The condition cannot be read at “${rest}”.`);
  return test;
}

const isNext = (parser: Parser, word: string): boolean => parser.words[parser.at]?.toLowerCase() === word;

function either(parser: Parser): Test {
  const tests = [both(parser)];
  while (isNext(parser, 'or')) {
    parser.at++;
    tests.push(both(parser));
  }
  return anyOf(tests);
}

function both(parser: Parser): Test {
  const tests = [single(parser)];
  while (isNext(parser, 'and')) {
    parser.at++;
    tests.push(single(parser));
  }
  return allOf(tests);
}

function single(parser: Parser): Test {
  let negated = false;
  while (isNext(parser, 'not')) {
    parser.at++;
    negated = !negated;
  }
  const test = isNext(parser, '(') ? inParentheses(parser) : named(parser);
  return negated ? not(test) : test;
}

function inParentheses(parser: Parser): Test {
  parser.depth++;
  if (parser.depth > MOST_NESTED) {
    throw new RuleError(
      parser.path,
      `The condition has more than ${MOST_NESTED} parentheses within each other.`,
    );
  }
  parser.at++;
  const test = either(parser);
  if (!isNext(parser, ')')) throw new RuleError(parser.path, 'The condition lacks a “)”.');
  parser.at++;
  parser.depth--;
  return test;
}

const RESERVED = new Set(['and', 'or', 'not', 'of', ')', '|']);

function named(parser: Parser): Test {
  const word = parser.words[parser.at];
  if (word === undefined) throw new RuleError(parser.path, 'The condition ends too early.');
  if (RESERVED.has(word.toLowerCase())) {
    throw new RuleError(parser.path, `The condition cannot be read at “${word}”.`);
  }
  parser.at++;
  if (isNext(parser, 'of') && /^(?:\d+|any|all)$/i.test(word)) {
    parser.at++;
    const pattern = parser.words[parser.at] ?? '';
    parser.at++;
    return quantified(word.toLowerCase(), pattern, parser);
  }
  const test = parser.selections.get(word);
  if (!test) throw new RuleError(parser.path, `The condition names “${word}”, which the rule does not have.`);
  return test;
}

function quantified(quantity: string, pattern: string, { selections, path }: Parser): Test {
  const fits = namePattern(pattern);
  const tests = [...selections].filter(([name]) => fits(name)).map(([, test]) => test);
  if (tests.length === 0) {
    throw new RuleError(path, `The condition names “${pattern}”, which fits no selection of the rule.`);
  }
  if (quantity === 'all') return allOf(tests);
  const needed = quantity === 'any' ? 1 : Number(quantity);
  if (needed > tests.length || needed < 1) {
    throw new RuleError(
      path,
      `The condition asks for ${quantity} of “${pattern}”, which are ${tests.length}.`,
    );
  }
  return someOf(needed, tests);
}

/** `them` are all selections but those that begin with an underscore. */
function namePattern(pattern: string): (name: string) => boolean {
  if (pattern.toLowerCase() === 'them') return (name) => !name.startsWith('_');
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return (name) => name === pattern;
  return (name) => {
    if (name.length < first.length + last.length) return false;
    if (!name.startsWith(first) || !name.endsWith(last)) return false;
    let at = first.length;
    for (const piece of others) {
      const found = name.indexOf(piece, at);
      if (found < 0 || found + piece.length > name.length - last.length) return false;
      at = found + piece.length;
    }
    return true;
  };
}
