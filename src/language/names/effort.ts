import type { CloseWord } from './close-words.ts';

/**
 * How well words fit a person, best first: an address or a whole name, the given name, some words of the name,
 * the other spelling of an umlaut.
 */
export type Fit = 'whole' | 'given' | 'part' | 'spelling';

/** People, by their positions in the index too, and how well the words fit them. */
export type Named = { at: readonly number[]; ids: string[]; fit: Fit; edits: number };

/** How often a sentence may make us look through all names for one like a word; more than any real one needs. */
const MAX_LOOKED_THROUGH = 40;
/** How many people may be compared with the words of one sentence. */
const MAX_COMPARED = 40_000;

/**
 * What reading one sentence may still cost, and what has been found for it already. Words beyond that are read as
 * if they were nobody's name, so that a sentence made to be slow is not.
 */
export type Effort = {
  closest: Map<string, readonly CloseWord[]>;
  /** What each run of words was found to be. */
  found: Map<string, Named | null>;
  lookThrough: number;
  compare: number;
};

/** The effort that one sentence is worth. */
export const anEffort = (): Effort => ({
  closest: new Map(),
  found: new Map(),
  lookThrough: MAX_LOOKED_THROUGH,
  compare: MAX_COMPARED,
});
