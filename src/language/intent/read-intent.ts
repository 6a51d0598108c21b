import { type Intent, writes } from '../facts.ts';
import { featuresOf } from './features.ts';
import { createIntentModel, type Evidence, type IntentModel, type Ranked } from './model.ts';
import { isQuestion } from './question-form.ts';
import { type LetterAt, type SentenceWords, type Token, tokensOf } from './tokens.ts';
import weights from './weights.json' with { type: 'json' };
import type { IntentWeights } from './weights.ts';

/** What a sentence is taken for; `ask` holds two or three readings, the best first, where it may be another one. */
export type IntentRead = { intent: Intent; ask: Intent[] };

/**
 * Below this distance between the two best readings the bot asks. Chosen on held-out sentences
 * (`npm run bench -- language`): a larger one asks more often than it saves a wrong answer.
 */
const SURE_BY = 0.12;
/** A third reading is offered where it is not much less likely than the second. */
const THIRD = 0.6;

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
  const command = tokens.length === 1 ? COMMANDS.get(tokens[0]?.word ?? '') : undefined;
  if (command) return { intent: command, ask: [] };
  if (tokens.length === 0) return { intent: 'unknown', ask: [] };
  return decide(shipped().rank(featuresOf(tokens, asks)), tokens);
}

function decide(ranked: readonly Ranked[], tokens: readonly Token[]): IntentRead {
  const [best, second, third] = ranked;
  if (!best || !second || !third) return { intent: 'unknown', ask: [] };
  if (writes(best.intent) && mayNotWrite(tokens)) {
    const other = ranked.find(({ intent }) => !writes(intent)) ?? second;
    return { intent: other.intent, ask: [other.intent, best.intent] };
  }
  if (best.probability - second.probability >= SURE_BY) return { intent: best.intent, ask: [] };
  const close = third.probability >= second.probability * THIRD ? [best, second, third] : [best, second];
  return { intent: best.intent, ask: close.map(({ intent }) => intent) };
}

/** A question changes nothing, and neither do names alone. */
const mayNotWrite = (tokens: readonly Token[]): boolean =>
  isQuestion(tokens) || tokens.every(({ base }) => /^[PUSGALTD]?$/.test(base));

/** How a sentence was read, for whoever wants to know why. */
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
