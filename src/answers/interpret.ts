import type { DirectoryIndex } from '../language/names/directory-index.ts';
import type { Query, UnderstandContext } from '../language/query.ts';
import { resolveParts, type SentenceParts } from '../language/sentence/sentence-parts.ts';
import { queryInWords, querySentence } from './words/query-in-words.ts';

/**
 * What the language model says of a sentence. `unavailable` holds why it said nothing, in a sentence for whoever
 * asked.
 */
export type Interpretation =
  | { kind: 'read'; parts: SentenceParts }
  | { kind: 'not-understood' }
  | { kind: 'unavailable'; sentence: string };

/**
 * Asks a language model to read a sentence. It is given nothing of the directory, so it can give nothing of it
 * away; `asker` is the user id by which calls are counted and goes nowhere. `now` is ms UTC. Never rejects.
 */
export type Interpret = (
  sentence: string,
  about: { now: number; timeZone: string; asker: string | null },
) => Promise<Interpretation>;

/**
 * A query, the sentence that says it, and a line on how it was read when the grammar did not read it. What a model
 * read goes on as a sentence of ours, so that the next press of a button needs no model.
 */
export type ReadQuery = { query: Query; sentence: string; reading: string | null };

/** Asks the model, if there is one, about a sentence that is not understood or not clear; any other stays as it is. */
export async function interpreted(
  query: Query,
  sentence: string,
  {
    context,
    index,
    interpret,
  }: { context: UnderstandContext; index: DirectoryIndex; interpret?: Interpret | undefined },
): Promise<ReadQuery> {
  const isClear = query.records !== undefined || (query.intent !== 'unknown' && query.ask === undefined);
  if (isClear || interpret === undefined) return { query, sentence, reading: null };
  const { now, timeZone, asker } = context;
  const said = await interpret(sentence, { now, timeZone, asker });
  if (said.kind === 'unavailable') return { query, sentence, reading: said.sentence };
  const read = said.kind === 'read' ? resolveParts(said.parts, sentence, context, index) : null;
  if (read === null || read.intent === 'unknown') return { query, sentence, reading: null };
  return {
    query: read,
    sentence: querySentence(read, context),
    reading: `Understood by the language model as: ${queryInWords(read, context)}`,
  };
}
