import { normaliseOperation } from '../../audit/operation.ts';
import { ALL_OTHER_NAMES, otherNamesOf } from '../records/other-names.ts';
import { type DocumentPath, type FieldTests, RuleError, type Scalar, type Selection } from './document.ts';
import { type Modifiers, modifiersOf } from './modifiers.ts';
import type { Candidate } from './subject.ts';
import { allOf, anyOf, type Test, testOf } from './test.ts';
import { parsePattern } from './text-pattern.ts';
import { exactTextOf, type Placeholders, type ValueTest, valueTests } from './value-tests.ts';

/** More values in one rule are refused: each costs at every record. */
export const MOST_VALUES = 10_000;

/** Fields whose values are the operation in its spellings, and nothing else. */
const OPERATION_FIELDS: ReadonlySet<string> = new Set(['operation', 'operationname', 'activitydisplayname']);

const isOperationField = (field: string): boolean =>
  OPERATION_FIELDS.has(field.toLowerCase().replace(/^properties\./, ''));

/** Names that rules use for operations that records call otherwise. */
const STANDS_FOR_OTHERS: ReadonlySet<string> = new Set(
  ALL_OTHER_NAMES.map((name) => normaliseOperation(name).toLowerCase()),
);

/** All names of an operation (normalised, lower case), in that form. */
const namesOf = (operation: string): string[] => [
  operation,
  ...otherNamesOf(operation).map((name) => normaliseOperation(name).toLowerCase()),
];

/** Compiles a selection: a map of fields, a list of maps, or keywords. */
export function selectionTest(selection: Selection, placeholders: Placeholders, path: DocumentPath): Test {
  if (!Array.isArray(selection)) {
    return isMap(selection)
      ? mapTest(selection, placeholders, path)
      : keywordTest([selection], [], placeholders, path);
  }
  if (selection.length === 0) throw new RuleError(path, 'The selection is empty.');
  const keywords = selection.filter((item): item is Scalar => !isMap(item));
  return anyOf([
    ...selection.flatMap((item, index) =>
      isMap(item) ? [mapTest(item, placeholders, [...path, index])] : [],
    ),
    ...(keywords.length > 0 ? [keywordTest(keywords, [], placeholders, path)] : []),
  ]);
}

const isMap = (item: Selection): item is FieldTests =>
  typeof item === 'object' && item !== null && !Array.isArray(item);

function mapTest(map: FieldTests, placeholders: Placeholders, path: DocumentPath): Test {
  const fields = Object.entries(map);
  if (fields.length === 0) throw new RuleError(path, 'The selection is empty.');
  return allOf(fields.map(([key, value]) => fieldTest(key, value, placeholders, [...path, key])));
}

function fieldTest(
  key: string,
  value: Scalar | Scalar[],
  placeholders: Placeholders,
  path: DocumentPath,
): Test {
  const [field = '', ...names] = key.split('|');
  const scalars = Array.isArray(value) ? value : [value];
  if (field === '') return keywordTest(scalars, names, placeholders, path);
  if (scalars.length === 0) throw new RuleError(path, `${field} is compared with an empty list.`);
  const modifiers = modifiersOf(names, path);
  if (modifiers.kind === 'exists') return existsTest(field, scalars, path);
  if (modifiers.kind === 'fieldref') return fieldReferenceTest(field, scalars, modifiers, path);
  const test = withOperation(
    testOf(fieldHolds(field, scalars, modifiers, placeholders, path)),
    field,
    scalars,
    modifiers,
  );
  if (!modifiers.not) return test;
  return testOf((subject) => !test.holds(subject));
}

function fieldHolds(
  field: string,
  scalars: readonly Scalar[],
  modifiers: Modifiers,
  placeholders: Placeholders,
  path: DocumentPath,
): Test['holds'] {
  const absent = scalars.includes(null) && modifiers.kind === 'text';
  const exact = modifiers.all || modifiers.cased ? null : exactTexts(scalars, modifiers);
  if (exact) {
    return (subject) => {
      const candidates = subject.field(field);
      return candidates?.some(({ value, lower }) => value !== null && exact.has(lower)) ?? false;
    };
  }
  const tests = valueTests(scalars, modifiers, placeholders, path);
  const fits = (candidates: readonly Candidate[]) => (test: ValueTest) => candidates.some(test);
  return (subject) => {
    const candidates = subject.field(field);
    if (candidates === undefined || candidates.length === 0) {
      return absent && (!modifiers.all || scalars.length === 1);
    }
    return modifiers.all ? tests.every(fits(candidates)) : tests.some(fits(candidates));
  };
}

/** Plain texts to look up at once, however many; null where there is anything else among them. */
function exactTexts(scalars: readonly Scalar[], modifiers: Modifiers): ReadonlySet<string> | null {
  const texts = scalars.map((scalar) =>
    typeof scalar === 'number' || typeof scalar === 'boolean'
      ? exactTextOf(String(scalar), modifiers)
      : exactTextOf(scalar, modifiers),
  );
  return texts.every((text) => text !== null) ? new Set(texts.map((text) => text.toLowerCase())) : null;
}

/** Adds what a test of the operation itself says about operations. */
function withOperation(test: Test, field: string, scalars: readonly Scalar[], modifiers: Modifiers): Test {
  if (!isOperationField(field) || modifiers.kind !== 'text' || modifiers.not) return test;
  if (modifiers.expand || modifiers.encodings.length > 0 || modifiers.timePart !== null) return test;
  const exact = scalars.map((scalar) => exactTextOf(scalar, modifiers));
  const operations = exact.every((text) => text !== null)
    ? new Set(exact.map((text) => normaliseOperation(text).toLowerCase()))
    : null;
  if (operations) {
    const fixed = [...operations].some((name) => STANDS_FOR_OTHERS.has(name)) ? null : operations;
    return {
      ...test,
      operations: fixed,
      canHold: (operation) => namesOf(operation).some((name) => operations.has(name)),
    };
  }
  const pieces = scalars.map(piecesIn);
  const fits = (operation: string) => (of: readonly string[]) =>
    of.every((piece) => namesOf(operation).some((name) => name.includes(piece)));
  const canHold = modifiers.all
    ? (operation: string) => pieces.every(fits(operation))
    : (operation: string) => pieces.some(fits(operation));
  return { ...test, canHold };
}

/**
 * What stands between the wildcards, as a normalised operation would hold it: whatever the spelling of the record, a
 * text with the piece has this in its normalised form.
 */
const piecesIn = (scalar: Scalar): string[] =>
  parsePattern(scalar === null ? '' : String(scalar)).flatMap((token) =>
    token.kind === 'text' ? [normaliseOperation(token.text).toLowerCase()] : [],
  );

function existsTest(field: string, scalars: readonly Scalar[], path: DocumentPath): Test {
  const [wanted] = scalars;
  if (scalars.length !== 1 || (wanted !== true && wanted !== false)) {
    throw new RuleError(path, `${field}|exists is true or false.`);
  }
  return testOf((subject) => (subject.field(field) !== undefined) === wanted);
}

function fieldReferenceTest(
  field: string,
  scalars: readonly Scalar[],
  { position, cased, not }: Modifiers,
  path: DocumentPath,
): Test {
  const others = scalars.map((scalar) => {
    if (typeof scalar !== 'string') throw new RuleError(path, `${field}|fieldref names another field.`);
    return scalar;
  });
  const textOf = (candidate: Candidate): string => (cased ? candidate.text : candidate.lower);
  const fits = (text: string, other: string): boolean => {
    if (position === 'whole') return text === other;
    if (position === 'contains') return text.includes(other);
    return position === 'startswith' ? text.startsWith(other) : text.endsWith(other);
  };
  return testOf((subject) => {
    const texts = subject.field(field)?.map(textOf) ?? [];
    const found = others.some((other) =>
      subject.field(other)?.some((candidate) => texts.some((text) => fits(text, textOf(candidate)))),
    );
    return found !== not;
  });
}

/** Keywords stand anywhere in a record. */
function keywordTest(
  scalars: readonly Scalar[],
  names: readonly string[],
  placeholders: Placeholders,
  path: DocumentPath,
): Test {
  const modifiers = modifiersOf(names, path);
  const inside: Modifiers = modifiers.kind === 'text' ? { ...modifiers, position: 'contains' } : modifiers;
  if (scalars.length === 0 || scalars.includes(null)) throw new RuleError(path, 'A keyword is a text.');
  const tests = valueTests(scalars, inside, placeholders, path);
  return testOf((subject) => {
    const texts = subject.texts();
    const found = (test: ValueTest): boolean => texts.some(test);
    return modifiers.all ? tests.every(found) : tests.some(found);
  });
}
