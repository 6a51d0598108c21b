/** A sentence that was not understood, or not clear. It holds no names, and nothing says who asked. */
export type KeptSentence = {
  id: string;
  /** When it was typed, ms UTC. */
  at: number;
  /** The language of the asker's Teams, as "nl"; null where it is not known. */
  language: string | null;
  /** With `_` for each word that the reading of intents does not know, and for each name. */
  sentence: string;
  /** The kinds of question or request that were offered, the likeliest first; none where nothing was. */
  offered: readonly string[];
  /** The one that was chosen; null while none is. */
  pressed: string | null;
};

/** What people typed that was not understood or not clear, to train with. */
export interface SentenceStore {
  keep(sentence: Omit<KeptSentence, 'pressed'>): Promise<void>;
  /** Notes what was chosen, if it was offered and nothing was chosen before. */
  press(id: string, intent: string): Promise<void>;
  /** Those of a time, ms UTC, `to` not included, oldest first, in chunks. */
  between(from: number, to: number): AsyncIterable<KeptSentence[]>;
  /** Removes those from before a time, ms UTC. @returns how many */
  purge(before: number): Promise<number>;
}
