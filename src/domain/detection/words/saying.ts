import type { AuditEvent } from '../../audit/event.ts';
import { listedUpTo } from '../../english.ts';
import { servicePlanIdOf, servicePlanName } from '../../license/catalogue.ts';
import type { RecordView } from '../record-view.ts';

/** The name that people know somebody by, of a user principal name or an id; the text itself where nobody has it. */
export type NameOf = (said: string) => string;

/** A record with its normalised event beside it. */
export type Told = { view: RecordView; event: AuditEvent };

/** A service plan by the name that people know, of its id or Microsoft's own name; as it is where nobody knows it. */
export function planName(idOrName: string): string {
  const id = servicePlanIdOf(idOrName);
  return id === null ? idOrName : servicePlanName(id);
}

/** More names than this in a sentence are read by nobody. */
const NAMES = 3;

/** What a record says, for sentences about it. */
export type Saying = {
  operation: string;
  /** Who did it, by name; "Somebody" where the record names nobody. */
  who: string;
  /** Whether it was done to the same person who did it. */
  isOwn: boolean;
  /** On who or what it was done, by name; null where the record does not tell. */
  target: string | null;
  /** A label as it is; null without. */
  label(name: string): string | null;
  /** The first value of a field, as text; null without. */
  text(field: string): string | null;
  /** All values of a field in a sentence, "a, b and 3 more"; null without. */
  list(field: string): string | null;
  /** Whether a field says true; null where the record does not have it. */
  flag(field: string): boolean | null;
};

/** Nobody reads more of a name or a value. */
const LONGEST = 300;

/** A text that fits into a sentence. */
export const shortened = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST).toWellFormed()}…` : text;

/** What the record says, with the names that people know. */
export function sayingOf(view: RecordView, nameOf: NameOf): Saying {
  const { labels } = view;
  const label = (name: string): string | null => labels[name] ?? null;
  const texts = (field: string): string[] =>
    (view.values(field) ?? []).flatMap((value) =>
      value === null || value === '' ? [] : [shortened(String(value))],
    );
  const actor = label('actor');
  const target = label('target');
  return {
    operation: view.operation.toLowerCase(),
    who: actor === null ? 'Somebody' : nameOf(actor),
    isOwn: actor !== null && target !== null && actor.toLowerCase() === target.toLowerCase(),
    target: target === null ? null : nameOf(target),
    label,
    text: (field) => texts(field)[0] ?? null,
    list(field) {
      const names = texts(field);
      return names.length === 0 ? null : listedUpTo(names, NAMES);
    },
    flag(field) {
      const value = texts(field)[0]?.toLowerCase();
      return value === undefined ? null : value === 'true';
    },
  };
}

/** "the app Contoso Sync", or "an app" where it has no name. */
export const named = (kind: string, name: string | null): string =>
  name === null ? `${/^[aeiou]/i.test(kind) ? 'an' : 'a'} ${kind}` : `the ${kind} ${name}`;
