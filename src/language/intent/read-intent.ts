import { type Intent, writes } from '../facts.ts';
import { featuresOf } from './features.ts';
import { createIntentModel, type Evidence, type IntentModel, type Ranked } from './model.ts';
import { asksWhatWasDone, isQuestion } from './question-form.ts';
import { type LetterAt, type SentenceWords, type Token, tokensOf } from './tokens.ts';
import weights from './weights.json' with { type: 'json' };
import type { IntentWeights } from './weights.ts';

/** What a sentence is taken for; `ask` holds two or three readings, the best first, where it may be another one. */
export type IntentRead = { intent: Intent; ask: Intent[] };

/**
 * Below this distance between the two best readings the bot asks. Chosen on held-out sentences
 * (`npm run bench -- language`): a larger one asks more often than it saves a wrong answer.
 */
export const SURE_BY = 0.25;
/** A third reading is offered where it is not much less likely than the second. */
const THIRD = 0.6;

/** What names alone ask for: "Rick", "E3 Visio", "All Sales". A letter for each name, see `tokensOf`. */
const NAMES_ALONE: ReadonlyMap<string, Intent> = new Map([
  ['P', 'user-licenses'],
  ['U', 'user-licenses'],
  ['S', 'seats'],
  ['G', 'groups'],
]);
/** Words that say nothing by themselves: "and last week?" only goes on from what was asked before. */
const TIME_OR_PLACE = /^[TDL]$/;
const LIGHT = /^(?:and|or|of|for|to|in|on|at|by|with|from|about|now|what|how|)$/;

/** Whatever is to be exported, a sentence that begins with the verb wants a file. */
const EXPORTS =
  /^(?:export|exportiere|exportieren|exporteer|exporteren|exporter|exportez|exporta|exportar|exporte)$/;

/** Formats of a file, which are wanted where a sentence may be about an export at all. */
const FILE = /^(?:csv|xlsx?|ndjson|jsonl|spreadsheet)$/;

/** Commands: these words alone, whatever a model makes of them. */
const COMMANDS: ReadonlyMap<string, Intent> = new Map(
  Object.entries({
    help: 'help',
    hilfe: 'help',
    hulp: 'help',
    aide: 'help',
    ayuda: 'help',
    status: 'status',
    scan: 'scan',
    incidents: 'incidents',
    seats: 'seats',
  } satisfies Record<string, Intent>),
);

let loaded: IntentModel | null = null;
/** The model that is shipped, made of its weights when it is first asked. */
const shipped = (): IntentModel => {
  loaded ??= createIntentModel(weights as IntentWeights);
  return loaded;
};

/** Reads what kind of question or request a sentence is. `asks`: whether it has a question mark. Pure. */
export function readIntent(sentence: SentenceWords, asks: boolean, letterAt?: LetterAt): IntentRead {
  const tokens = tokensOf(sentence, letterAt);
  const [only, ...others] = tokens;
  const command = only && others.length === 0 ? alone(only) : undefined;
  if (command) return { intent: command, ask: [] };
  if (EXPORTS.test(only?.word ?? '')) return { intent: 'export', ask: [] };
  if (only === undefined || saysNothing(tokens)) return { intent: 'unknown', ask: [] };
  const ranked = shipped().rank(featuresOf(tokens, asks));
  return decide(asksWhatWasDone(tokens) ? questionsOf(ranked) : ranked, tokens);
}

const alone = ({ word }: Token): Intent | undefined => COMMANDS.get(word) ?? NAMES_ALONE.get(word);

const saysNothing = (tokens: readonly Token[]): boolean =>
  tokens.some(({ base }) => TIME_OR_PLACE.test(base)) &&
  tokens.every(({ base }) => TIME_OR_PLACE.test(base) || LIGHT.test(base));

function decide(ranked: readonly Ranked[], tokens: readonly Token[]): IntentRead {
  const [best, second, third] = ranked;
  if (!best || !second || !third) return { intent: 'unknown', ask: [] };
  if (writes(best.intent) && mayNotWrite(tokens)) {
    const other = ranked.find(({ intent }) => !writes(intent)) ?? second;
    return { intent: other.intent, ask: [other.intent, best.intent] };
  }
  if (best.probability - second.probability >= SURE_BY) return { intent: best.intent, ask: [] };
  const isFile = tokens.some(({ word }) => FILE.test(word));
  if (isFile && [best, second, third].some(({ intent }) => intent === 'export'))
    return { intent: 'export', ask: [] };
  const close = third.probability >= second.probability * THIRD ? [best, second, third] : [best, second];
  return { intent: best.intent, ask: close.map(({ intent }) => intent) };
}

/** The readings that change nothing, as likely as they are among themselves. */
function questionsOf(ranked: readonly Ranked[]): Ranked[] {
  const questions = ranked.filter(({ intent }) => !writes(intent));
  const sum = questions.reduce((total, { probability }) => total + probability, 0);
  return questions.map(({ intent, probability }) => ({ intent, probability: probability / sum }));
}

/** A question changes nothing, and neither do names alone. */
const mayNotWrite = (tokens: readonly Token[]): boolean =>
  isQuestion(tokens) || tokens.every(({ base }) => /^[PUSGALTD]?$/.test(base));

/** How a sentence was read, for people who want to know why. */
export type IntentExplained = {
  tokens: readonly Token[];
  question: boolean;
  best: readonly (Ranked & { evidence: readonly Evidence[] })[];
  unknownWords: readonly string[];
};

/** As `readIntent`, with the three most likely intents and the features that weighed most for each. */
export function explainIntent(sentence: SentenceWords, asks: boolean): IntentExplained {
  const tokens = tokensOf(sentence);
  const features = featuresOf(tokens, asks);
  const model = shipped();
  const best = model.rank(features).slice(0, 3);
  return {
    tokens,
    question: isQuestion(tokens),
    best: best.map((one) => ({ ...one, evidence: model.evidence(features, one.intent).slice(0, 8) })),
    unknownWords: tokens.flatMap(({ word }) => (model.knows(word) ? [] : [word])),
  };
}

/** Whether a word stood in the sentences that the model was trained on. */
export const isKnownWord = (word: string): boolean => shipped().knows(word);
