import { numeral } from '../../numerals.ts';
import { cidrTest } from './cidr.ts';
import { type DocumentPath, RuleError, type Scalar, UnworkableRule } from './document.ts';
import { base64, base64Offsets, utf8, utf16, utf16be, utf16le, windash } from './encodings.ts';
import type { Comparison, Encoding, Modifiers, TimePart } from './modifiers.ts';
import { regexTest } from './regex.ts';
import type { Candidate } from './subject.ts';
import { literalOf, parsePattern, positioned, type Token, textTest } from './text-pattern.ts';

/** Tests one value of a field against one value of a rule. */
export type ValueTest = (candidate: Candidate) => boolean;

/** Values that `%name%` stands for, by name. */
export type Placeholders = ReadonlyMap<string, readonly string[]>;

const MOST_PATTERN_CHARS = 10_000;

/** Makes the test of each value that a field is compared with. Placeholders may make several of one. */
export function valueTests(
  scalars: readonly Scalar[],
  modifiers: Modifiers,
  placeholders: Placeholders,
  path: DocumentPath,
): ValueTest[] {
  return expanded(scalars, modifiers, placeholders, path).map((scalar) => {
    switch (modifiers.kind) {
      case 'regex':
        return regexOf(scalar, modifiers, path);
      case 'cidr':
        return cidrOf(scalar, path);
      case 'lt':
      case 'lte':
      case 'gt':
      case 'gte':
        return comparisonOf(scalar, modifiers.kind, modifiers.timePart, path);
      default:
        return textOf(scalar, modifiers, path);
    }
  });
}

/** The text of an unmodified value without wildcards; null where it is compared in any other way. */
export function exactTextOf(scalar: Scalar, modifiers: Modifiers): string | null {
  const plain =
    modifiers.kind === 'text' &&
    modifiers.position === 'whole' &&
    !modifiers.expand &&
    modifiers.encodings.length === 0 &&
    modifiers.timePart === null;
  return plain && typeof scalar === 'string' ? literalOf(parsePattern(scalar)) : null;
}

function expanded(
  scalars: readonly Scalar[],
  { expand }: Modifiers,
  placeholders: Placeholders,
  path: DocumentPath,
): Scalar[] {
  if (!expand) return [...scalars];
  return scalars.flatMap((scalar): Scalar[] => {
    const [whole, name = ''] = typeof scalar === 'string' ? (/%([^%]+)%/.exec(scalar) ?? []) : [];
    if (typeof scalar !== 'string' || whole === undefined) return [scalar];
    const values = placeholders.get(name);
    if (!values) {
      throw new UnworkableRule(path, `No values are given for ${whole}, so the rule never fires.`);
    }
    return values.map((value) => scalar.replaceAll(whole, () => value));
  });
}

function textOf(scalar: Scalar, modifiers: Modifiers, path: DocumentPath): ValueTest {
  if (modifiers.timePart !== null) return comparisonOf(scalar, 'eq', modifiers.timePart, path);
  if (scalar === null) return ({ value }) => value === null;
  const text = String(scalar);
  if (text.length > MOST_PATTERN_CHARS) {
    throw new RuleError(
      path,
      `A value has ${numeral(text.length)} characters; ${numeral(MOST_PATTERN_CHARS)} are the limit.`,
    );
  }
  const forms = encoded(text, modifiers.encodings, path);
  const tests = forms.map((tokens) =>
    textTest(positioned(modifiers.cased ? tokens : tokens.map(lowered), modifiers.position)),
  );
  // What is absent is not the empty text; a list that is empty or null is only matched by null.
  return (candidate) =>
    candidate.value !== null &&
    tests.some((test) => test(modifiers.cased ? candidate.text : candidate.lower));
}

const lowered = (token: Token): Token =>
  token.kind === 'text' ? { kind: 'text', text: token.text.toLowerCase() } : token;

function encoded(text: string, encodings: readonly Encoding[], path: DocumentPath): Token[][] {
  if (encodings.length === 0) return [parsePattern(text)];
  const plain = literalOf(parsePattern(text));
  if (plain === null) throw new RuleError(path, 'A value that is encoded has no wildcards.');
  return encodings
    .reduce<string[]>((forms, encoding) => forms.flatMap((form) => encode(form, encoding)), [plain])
    .map((form) => [{ kind: 'text', text: form }]);
}

function encode(text: string, encoding: Encoding): string[] {
  const wide = [...text].every((char) => char.charCodeAt(0) < 256) ? text : utf8(text);
  switch (encoding) {
    case 'utf16le':
    case 'wide':
      return [utf16le(text)];
    case 'utf16be':
      return [utf16be(text)];
    case 'utf16':
      return [utf16(text)];
    case 'base64':
      return [base64(wide)];
    case 'base64offset':
      return base64Offsets(wide);
    case 'windash':
      return windash(text);
  }
}

function regexOf(scalar: Scalar, { regexFlags }: Modifiers, path: DocumentPath): ValueTest {
  if (scalar === null) throw new RuleError(path, 'A regular expression is a text.');
  const test = regexTest(String(scalar), regexFlags, path);
  return ({ value, text }) => value !== null && test(text);
}

function cidrOf(scalar: Scalar, path: DocumentPath): ValueTest {
  const test = typeof scalar === 'string' ? cidrTest(scalar) : null;
  if (!test) throw new RuleError(path, `“${String(scalar)}” is no network such as 10.0.0.0/8.`);
  return ({ text }) => test(text);
}

function comparisonOf(
  scalar: Scalar,
  comparison: Comparison | 'eq',
  timePart: TimePart | null,
  path: DocumentPath,
): ValueTest {
  const limit = numberOf(scalar);
  if (limit === null) throw new RuleError(path, `“${String(scalar)}” is no number to compare with.`);
  return (candidate) => {
    const value = timePart === null ? numberOf(candidate.value) : timePartOf(candidate.text, timePart);
    if (value === null) return false;
    switch (comparison) {
      case 'lt':
        return value < limit;
      case 'lte':
        return value <= limit;
      case 'gt':
        return value > limit;
      case 'gte':
        return value >= limit;
      case 'eq':
        return value === limit;
    }
  };
}

function numberOf(value: Scalar): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** A part of a time in UTC, which the logs write without a zone; the week is ISO's. */
function timePartOf(text: string, part: TimePart): number | null {
  const zoned = /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(text) ? `${text}Z` : text;
  const date = new Date(zoned);
  if (Number.isNaN(date.getTime())) return null;
  switch (part) {
    case 'minute':
      return date.getUTCMinutes();
    case 'hour':
      return date.getUTCHours();
    case 'day':
      return date.getUTCDate();
    case 'month':
      return date.getUTCMonth() + 1;
    case 'year':
      return date.getUTCFullYear();
    case 'week':
      return isoWeek(date);
  }
}

function isoWeek(date: Date): number {
  const thursday = new Date(date.getTime());
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  const firstOfYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.ceil(((thursday.getTime() - firstOfYear) / 86_400_000 + 1) / 7);
}
