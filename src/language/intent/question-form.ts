import type { Token } from './tokens.ts';

/** Base words with which a question begins; "can you", "would you" and "please" begin a wish. */
const ASKS: ReadonlySet<string> = new Set('who what why when how where nobody'.split(' '));
/** Words that come before the question itself: greetings and joining words. */
const BEFORE_IT: ReadonlySet<string> = new Set('hello and or but so nice yes no not sorry thanks'.split(' '));
/** Words as they are written that begin a question where their base word also begins a request. */
const ASKS_AS_WRITTEN: ReadonlySet<string> = new Set(
  (
    'should which whose did does has had is are was were hasnt isnt wasnt arent didnt doesnt havent werent ' +
    'hat hatte ist sind war waren wurde wurden wird werden soll sollte darf welche welcher welches wessen wieso weshalb womit ' +
    'heeft had is zijn was waren werd werden wordt worden welke wiens mag waarom hoezo hoe ' +
    'est etait quel quelle quels quelles combien comment pourquoi quand ' +
    'tiene tenia esta estan fue fueron cual cuales cuanto cuantos como quien quienes'
  ).split(' '),
);
/** "do a scan" is a request, "do we" is not; so with "have", "as-tu", "hast du", "heb je". */
const ASKS_BEFORE_SOMEBODY =
  /^(?:do|have|a|as|avez|ont|hast|habt|haben|heb|hebben) (?:i|you|we|they|all|any|users|people|tu|t|vous|ils?|elles?|on|du|ihr|wir|sie|je|jij|jullie|ze)$/;

/**
 * Whether a sentence is a question by its form, so that it asks for no change whatever its words are: "did you
 * assign E3 to Lee", "who should I take Visio from". "Can you give Lee E3" is a wish.
 */
export function isQuestion(tokens: readonly Token[]): boolean {
  for (const [at, { word, base }] of tokens.entries()) {
    if (BEFORE_IT.has(base)) continue;
    if (ASKS_AS_WRITTEN.has(word) || ASKS_BEFORE_SOMEBODY.test(`${word} ${tokens[at + 1]?.word ?? ''}`))
      return true;
    if (base !== '') return ASKS.has(base);
  }
  return false;
}

/** Words as they are written with which a question begins that asks what has been done. */
const ASKS_WHAT_WAS_DONE: ReadonlySet<string> = new Set(
  (
    'did didnt has had hasnt was were wasnt werent hat hatte hast habt wurde wurden heeft heb hebben had werd werden ' +
    'as avez fue fueron'
  ).split(' '),
);

/** Whether a question asks what has been done: no request is meant, whatever its other words are. */
export function asksWhatWasDone(tokens: readonly Token[]): boolean {
  const [first, next] = tokens.filter(({ base }) => !BEFORE_IT.has(base));
  if (first === undefined) return false;
  const isPerfect = first.word === 'have' && /^(?:you|we|they|i|any|all)$/.test(next?.word ?? '');
  return isPerfect || ASKS_WHAT_WAS_DONE.has(first.word);
}
