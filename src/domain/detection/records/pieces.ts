/**
 * Large license changes come as several records since 2023, in any order, each with a slice of one JSON text among
 * its details (`id`: of which change, `seq`: which slice, `c`: how many, `b`: the slice). A slice tells nothing alone.
 */
import type { Facts } from './facts.ts';
import { type Fields, fieldOf, isFields, jsonIn } from './loose.ts';

type Piece = { key: string; part: number; of: number; slice: string };

/** The slice that a record carries, or null. */
export function pieceOf({ details }: Facts): Piece | null {
  const [key, slice] = [details.get('id'), details.get('b')];
  const [part, of] = [Number(details.get('seq')), Number(details.get('c'))];
  if (!key || slice === undefined || !Number.isInteger(part) || !Number.isInteger(of)) return null;
  return part >= 1 && part <= of && of <= MOST_PARTS ? { key: key.toLowerCase(), part, of, slice } : null;
}

/** A payload of 72,000 characters was seen, in slices of 2,000. */
const MOST_PARTS = 1000;
/** Changes that wait for a slice; the oldest gives way. A slice that comes later than 500 other changes is lost. */
const MOST_WAITING = 500;

/** What the slices of a change say together; null while one is missing, and when the change was whole before. */
export type Pieces = { take(piece: Piece): Fields | null };

/** Keeps the slices of license changes until each is whole. */
export function createPieces(): Pieces {
  const waiting = new Map<string, Map<number, string> | 'whole'>();
  return {
    take({ key, part, of, slice }) {
      const known = waiting.get(key) ?? new Map<number, string>();
      if (known === 'whole') return null;
      known.set(part, slice);
      waiting.delete(key);
      waiting.set(key, known.size < of ? known : 'whole');
      const [oldest] = waiting.keys();
      if (waiting.size > MOST_WAITING && oldest !== undefined) waiting.delete(oldest);
      return known.size < of ? null : wholeOf(known);
    },
  };
}

function wholeOf(parts: ReadonlyMap<number, string>): Fields | null {
  const text = [...parts]
    .sort(([a], [b]) => a - b)
    .map(([, slice]) => slice)
    .join('');
  const whole = jsonIn(text);
  return isFields(whole) ? whole : null;
}

/** A record with the changed properties that its slices tell together. */
export function withWhole(record: Fields, whole: Fields): Fields {
  const changed =
    fieldOf(whole, 'targetUpdatedProperties') ??
    fieldOf(whole, 'ModifiedProperties') ??
    fieldOf(whole, 'modifiedProperties');
  return { ...record, ModifiedProperties: changed, modifiedProperties: changed };
}
