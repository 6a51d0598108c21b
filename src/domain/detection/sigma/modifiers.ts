import { type DocumentPath, RuleError, UnworkableRule } from './document.ts';
import type { Position } from './text-pattern.ts';

/** Parts of a time that a number may be compared with. */
export const TIME_PARTS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
export type TimePart = (typeof TIME_PARTS)[number];

export const ENCODINGS = [
  'utf16le',
  'wide',
  'utf16be',
  'utf16',
  'base64',
  'base64offset',
  'windash',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

export type Comparison = 'lt' | 'lte' | 'gt' | 'gte';

/** How a field is compared: what its modifiers say. */
export type Modifiers = {
  position: Position;
  kind: 'text' | 'regex' | 'cidr' | 'exists' | 'fieldref' | Comparison;
  regexFlags: { i: boolean; m: boolean; s: boolean };
  all: boolean;
  cased: boolean;
  not: boolean;
  expand: boolean;
  /** In the order in which they are applied. */
  encodings: Encoding[];
  timePart: TimePart | null;
};

const KINDS: ReadonlyMap<string, Modifiers['kind']> = new Map([
  ['re', 'regex'],
  ['cidr', 'cidr'],
  ['exists', 'exists'],
  ['fieldref', 'fieldref'],
  ['lt', 'lt'],
  ['lte', 'lte'],
  ['gt', 'gt'],
  ['gte', 'gte'],
]);

const isOneOf = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  (names as readonly string[]).includes(name);

/**
 * Reads the modifiers of a field, such as `contains` and `all`.
 * @throws {UnworkableRule} for a modifier that is not known
 * @throws {RuleError} for modifiers that contradict each other
 */
export function modifiersOf(names: readonly string[], path: DocumentPath): Modifiers {
  const read: Modifiers = {
    position: 'whole',
    kind: 'text',
    regexFlags: { i: false, m: false, s: false },
    all: false,
    cased: false,
    not: false,
    expand: false,
    encodings: [],
    timePart: null,
  };
  for (const name of names) {
    const kind = KINDS.get(name);
    if (kind) {
      // “startswith|fieldref” compares with the beginning of another field; otherwise there is one way to compare.
      if (read.kind !== 'text') {
        throw new RuleError(path, `The modifiers ${names.join(' and ')} contradict each other.`);
      }
      read.kind = kind;
    } else if (name === 'contains' || name === 'startswith' || name === 'endswith') read.position = name;
    else if (name === 'all') read.all = true;
    else if (name === 'cased') read.cased = true;
    else if (name === 'neq') read.not = true;
    else if (name === 'expand') read.expand = true;
    else if (name === 'i' || name === 'm' || name === 's') read.regexFlags[name] = true;
    else if (isOneOf(ENCODINGS, name)) read.encodings.push(name);
    else if (isOneOf(TIME_PARTS, name)) read.timePart = name;
    else throw new UnworkableRule(path, `The modifier “${name}” is not known here, so the rule never fires.`);
  }
  return read;
}
