import type { FieldValue, RecordView } from '../record-view.ts';

/** One value of a record, with its text and that text in lower case, each made once. */
export class Candidate {
  readonly value: FieldValue;
  readonly text: string;
  #lower: string | null = null;

  constructor(value: FieldValue) {
    this.value = value;
    this.text = value === null ? '' : String(value);
  }

  get lower(): string {
    this.#lower ??= this.text.toLowerCase();
    return this.#lower;
  }
}

/** A record as rules ask about it: each field is looked up once, however many rules ask. */
export class Subject {
  readonly #view: RecordView;
  readonly #fields = new Map<string, readonly Candidate[] | undefined>();
  #texts: readonly Candidate[] | null = null;
  /** Normalised, in lower case. */
  readonly operation: string;

  constructor(view: RecordView) {
    this.#view = view;
    this.operation = view.operation.toLowerCase();
  }

  get form(): RecordView['form'] {
    return this.#view.form;
  }

  /** The values of a field; undefined when the record has no such field. */
  field(name: string): readonly Candidate[] | undefined {
    const known = this.#fields.get(name);
    if (known !== undefined || this.#fields.has(name)) return known;
    const found = this.#view.values(name)?.map((value) => new Candidate(value));
    this.#fields.set(name, found);
    return found;
  }

  texts(): readonly Candidate[] {
    this.#texts ??= [...this.#view.texts()].map((text) => new Candidate(text));
    return this.#texts;
  }
}

let last: { view: RecordView; subject: Subject } | null = null;

/** The subject of a record: the same one for every rule, as they are asked one after the other about one record. */
export function subjectOf(view: RecordView): Subject {
  if (last?.view !== view) last = { view, subject: new Subject(view) };
  return last.subject;
}
