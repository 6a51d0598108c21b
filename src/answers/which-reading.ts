import { understand } from '../language/conversation/understand.ts';
import { placeIn } from '../language/conversation/which-one.ts';
import { isBare } from '../language/facts.ts';
import type { DirectoryIndex } from '../language/names/directory-index.ts';
import { fold } from '../language/names/fold.ts';
import type { Intent, Query, UnderstandContext } from '../language/query.ts';
import type { Answer, ChoicesBlock, OfferedReading } from './answer/answer.ts';
import { isExportIntent } from './answer/export-request.ts';
import { makeAnswer } from './answer/make-answer.ts';
import { asTitle, nextTitles, ROOM } from './words/next-titles.ts';
import { intentInWords, queryInWords, querySentence } from './words/query-in-words.ts';

/** A longer sentence has no room in a button. */
const MAX_SENTENCE = 500;

const SOMETHING_ELSE = 'Something else';

/** What a sentence may ask for, where its words do not tell. */
export type Readings = { offered: OfferedReading[]; namePeople: boolean; kept?: string };

/**
 * The readings of a sentence that may be taken for several things, each with a sentence that stands by itself: what
 * came before may be forgotten when it is pressed. None where the sentence is clear.
 */
export function readingsOf(
  query: Query,
  sentence: string,
  context: UnderstandContext,
  index: DirectoryIndex,
): Readings | null {
  if (query.lists) return listsOf(query, query.lists, context, index);
  const { ask = [] } = query;
  const meant = ask.filter((intent) => !isNothing(intent));
  if (ask.length < 2 || meant.length === 0) return null;
  const alone = { ...context, previous: null };
  const queries = meant.map((intent) =>
    // What is about nothing in particular takes nothing from before.
    understand(sentence, { ...(isBare(intent) ? alone : context), intent }, index),
  );
  const titles = nextTitles(
    queries.map((read) => querySentence(read, context)),
    context.directory,
  );
  const all = queries.map((read, position): OfferedReading => {
    const intent = meant[position] ?? read.intent;
    const itself = JSON.stringify(understand(sentence, { ...alone, intent }, index)) === JSON.stringify(read);
    const title = titles[position] ?? '';
    return {
      label: asTitle(queryInWords(read, context)),
      title: title.length <= ROOM ? title : asTitle(intentInWords(intent)),
      intent,
      ask: itself && sentence.length <= MAX_SENTENCE ? sentence : querySentence(read, context),
    };
  });
  // What is said in the same words is the same question to a person.
  const offered = all.filter(({ label }, at) => all.findIndex((one) => one.label === label) === at);
  if (offered.length === 1 && meant.length === ask.length) return null;
  if (meant.length < ask.length) {
    const none = { label: SOMETHING_ELSE, title: SOMETHING_ELSE, intent: 'unknown' as const };
    offered.push({ ...none, ask: sentence.slice(0, MAX_SENTENCE) });
  }
  return { offered, namePeople: queries.some(({ people, except }) => people.length > 0 || isSome(except)) };
}

/** The lists that may be wanted as a file, each as a sentence of ours. */
function listsOf(
  query: Query,
  lists: readonly Intent[],
  context: UnderstandContext,
  index: DirectoryIndex,
): Readings | null {
  const alone = { ...context, previous: null, intent: 'export' as const };
  const { lists: _, ...asked } = query;
  const meant = lists
    .filter(isExportIntent)
    .map((list): Query => ({ ...asked, list }))
    // A sentence of ours that is not read as it says would offer one file and make another.
    .filter((read) => understand(querySentence(read, context), alone, index).list === read.list);
  if (meant.length < 2) return null;
  const sentences = meant.map((read) => querySentence(read, context));
  const titles = nextTitles(sentences, context.directory);
  const offered = meant.map((read, position): OfferedReading => {
    const label = asTitle(queryInWords(read, context));
    const title = titles[position] ?? label;
    const short = asTitle(`export ${intentInWords(read.list ?? 'export')}`);
    return {
      label,
      title: title.length <= ROOM ? title : short,
      intent: 'export',
      ask: sentences[position] ?? '',
    };
  });
  return { offered, namePeople: query.people.length > 0 || isSome(query.except) };
}

/** What is neither a question nor a request; however many of these are likely, they are one choice. */
const isNothing = (intent: Intent): boolean => intent === 'unknown' || intent === 'small-talk';

const isSome = (except: Query['except']): boolean => except !== undefined && except.people.length > 0;

/** "Did you mean …?": nothing is answered before somebody says which. */
export const askWhichReading = (intent: Intent, { offered, ...rest }: Readings): Answer =>
  makeAnswer(intent, 'Did you mean …?', {
    blocks: [{ kind: 'readings', readings: offered, ...rest }],
  });

/** The reading that a text chooses: by its place ("2", "the second one"), or by its words. Null for any other text. */
export function readingChosen(text: string, readings: Readings | null): OfferedReading | null {
  if (readings === null) return null;
  const { offered } = readings;
  const place = placeIn(text);
  if (place !== null) return offered.at(place > 0 ? place - 1 : -1) ?? null;
  const said = plain(text);
  return offered.find(({ label, title }) => [label, title].some((words) => plain(words) === said)) ?? null;
}

const plain = (text: string): string =>
  fold(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** An answer whose choices are read as it was: what kind of question it is, is said with those that are not clear. */
export function withClearChoices(answer: Answer, context: UnderstandContext, index: DirectoryIndex): Answer {
  const alone = { ...context, previous: null };
  const clear = (choice: Choice): Choice =>
    choice.intent === undefined && understand(choice.ask, alone, index).ask
      ? { ...choice, intent: answer.intent }
      : choice;
  const blocks = answer.blocks.map((block) =>
    block.kind === 'choices' ? { ...block, choices: block.choices.map(clear) } : block,
  );
  return { ...answer, blocks };
}

type Choice = ChoicesBlock['choices'][number];
