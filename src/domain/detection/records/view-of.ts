import type { FieldValue, RecordView } from '../record-view.ts';
import { activityFacts } from './activity.ts';
import { changeOf, type Facts } from './facts.ts';
import { graphFacts } from './graph.ts';
import { labelsOf } from './labels.ts';
import { type Fields, fieldOf, isFields, jsonIn, plainValues, recordIn, textOf } from './loose.ts';
import { ownValues } from './own-fields.ts';
import { textsIn, valuesAt } from './paths.ts';
import { createPieces, pieceOf, withWhole } from './pieces.ts';
import { SIGMA_FIELDS } from './sigma-fields.ts';
import { togetherOf } from './together.ts';

/**
 * What detections see of a stored record (JSON text, of either form, also as an export or Azure Monitor wraps it).
 * Null for a text that is no record; a record that can be read in part has fewer fields. Never throws.
 */
export function viewOf(rawText: string): RecordView | null {
  const record = recordIn(rawText);
  return record === null ? null : viewOfRecord(record);
}

/** As `viewOf`, of a stored text that may have been parsed already. */
export const viewOfStored = (rawText: string, body?: unknown): RecordView | null =>
  isFields(body) ? viewOfRecord(body) : viewOf(rawText);

/**
 * Makes a `viewOf` that remembers: of a license change that comes in pieces, the record that completes it tells
 * what all of them say. One for each run over records, and one for what is collected.
 */
export function createViewer(): (rawText: string, body?: unknown) => RecordView | null {
  const view = createRecordViewer();
  return (rawText, body) => {
    const record = isFields(body) ? body : recordIn(rawText);
    return record === null ? null : view(record);
  };
}

/** What comes in pieces; to look for one among the details of any record costs as much as all the rest. */
const IN_PIECES = /license|^(?:add|update) (?:user|group)/i;

/** As `createViewer`, of records that are parsed already. */
export function createRecordViewer(): (record: Fields) => RecordView | null {
  const pieces = createPieces();
  return (record) =>
    safely(() => {
      const facts = factsOf(record);
      if (facts === null) return null;
      const piece = IN_PIECES.test(facts.operation) ? pieceOf(facts) : null;
      const whole = piece ? pieces.take(piece) : null;
      return new View((whole ? factsOf(withWhole(facts.raw, whole)) : null) ?? facts);
    }, null);
}

/** As `viewOf`, of a record that is parsed already. */
export function viewOfRecord(record: Fields): RecordView | null {
  return safely(() => {
    const facts = factsOf(record);
    return facts === null ? null : new View(facts);
  }, null);
}

/** Exports put the record into `AuditData`, an object or its JSON text. */
function factsOf(body: Fields): Facts | null {
  const data = fieldOf(body, 'AuditData');
  const inner = typeof data === 'string' ? jsonIn(data) : data;
  const record = isFields(inner) ? { ...body, ...inner } : body;
  const isActivity =
    textOf(fieldOf(record, 'Operation')) !== null && fieldOf(record, 'activityDisplayName') === undefined;
  return isActivity ? activityFacts(record) : (graphFacts(record) ?? activityFacts(record));
}

/** Reads a field when it is asked for, and once: most rules ask of most records only what was done. */
class View implements RecordView {
  readonly id: string;
  readonly at: number;
  readonly form: RecordView['form'];
  readonly operation: string;
  readonly #facts: Facts;
  readonly #known = new Map<string, readonly FieldValue[] | undefined>();
  #labels: Readonly<Record<string, string>> | undefined;
  #together: string | null | undefined;

  constructor(facts: Facts) {
    this.#facts = facts;
    this.id = facts.id;
    this.at = facts.at;
    this.form = facts.form;
    this.operation = facts.operation;
  }

  get together(): string | null {
    if (this.#together === undefined) this.#together = safely(() => togetherOf(this.#facts), null);
    return this.#together;
  }

  get labels(): Readonly<Record<string, string>> {
    this.#labels ??= safely(() => labelsOf(this.#facts), {});
    return this.#labels;
  }

  values(field: string): readonly FieldValue[] | undefined {
    const name = field.toLowerCase();
    const known = this.#known.get(name);
    if (known !== undefined || this.#known.has(name)) return known;
    const found = safely(() => valuesOf(this.#facts, name), undefined);
    this.#known.set(name, found);
    return found;
  }

  texts(): Iterable<string> {
    return textsIn(this.#facts.raw);
  }
}

/** What a hostile record makes fail counts as absent. */
function safely<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/** Of our own, as Sigma spells it, of a changed property, a parameter or a detail of that name, along a path. */
function valuesOf(facts: Facts, name: string): readonly FieldValue[] | undefined {
  if (name.startsWith('lw.')) return ownValues(facts, name);
  if (Object.hasOwn(SIGMA_FIELDS, name)) {
    const known = SIGMA_FIELDS[name]?.(facts);
    if (known !== undefined) return known;
  }
  const plain = name.replace(/^properties\./, '');
  if (plain !== name && Object.hasOwn(SIGMA_FIELDS, plain)) {
    const known = SIGMA_FIELDS[plain]?.(facts);
    if (known !== undefined) return known;
  }
  return valuesAt(facts.raw, plain) ?? namedValues(facts, plain);
}

function namedValues(facts: Facts, name: string): readonly FieldValue[] | undefined {
  const change = changeOf(facts, name);
  if (change) {
    const sides = plainValues(change.after);
    return sides.length > 0 ? sides : plainValues(change.before);
  }
  const value =
    facts.parameters.get(name) ??
    facts.details.get(name) ??
    facts.details.get(name.replace(/^additionaldetails\./, ''));
  return value === undefined ? undefined : [value];
}
