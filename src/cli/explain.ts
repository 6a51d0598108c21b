import { explainIntent, type IntentExplained } from '../language/intent/read-intent.ts';
import type { DirectoryIndex } from '../language/names/directory-index.ts';
import { findWords, hasQuestionMark } from '../language/sentence/find-words.ts';
import type { Span } from '../language/sentence/spans.ts';

/** How a sentence is read: its words as the model of intents takes them, what is named, and what is likely. */
export type Explained = {
  text: string;
  words: { word: string; base: string; known: boolean }[];
  spans: { text: string; kind: Span['meaning']['kind']; ids: string[] }[];
  question: boolean;
  best: { intent: string; probability: number; features: { feature: string; weight: number }[] }[];
};

const MAX_FEATURES = 8;

/** Explains how a sentence is read. Pure; `clock` says what "yesterday" is, ms UTC. */
export function explained(
  text: string,
  clock: { now: number; timeZone: string },
  index: DirectoryIndex,
): Explained {
  const found = findWords(text, clock, index);
  const read = explainIntent(found, hasQuestionMark(text));
  return {
    text,
    words: read.tokens.map(({ word, base }) => ({ word, base, known: !read.unknownWords.includes(word) })),
    spans: found.spans.map(({ from, to, meaning }) => ({
      text: text.slice(found.words[from]?.start ?? 0, found.words[to - 1]?.end ?? text.length),
      kind: meaning.kind,
      ids: idsOf(meaning),
    })),
    question: read.question,
    best: read.best.map(bestOf),
  };
}

function idsOf(meaning: Span['meaning']): string[] {
  switch (meaning.kind) {
    case 'person':
      return [...meaning.ids];
    case 'sku':
      return [...meaning.skuIds];
    case 'group':
      return [...meaning.groupIds];
    case 'time':
      return [];
  }
}

const bestOf = ({ intent, probability, evidence }: IntentExplained['best'][number]) => ({
  intent,
  probability: rounded(probability),
  features: evidence
    .slice(0, MAX_FEATURES)
    .map(({ feature, weight }) => ({ feature, weight: rounded(weight) })),
});

const rounded = (number: number): number => Math.round(number * 1_000) / 1_000;

/** The same for people: a letter stands for a name (P, S, G, A, L) or a time (T, D), `?` marks an unknown word. */
export function explainedText({ words, spans, question, best }: Explained): string {
  const shown = words.map(({ word, base, known }) => {
    const mark = known ? word : `${word}?`;
    return base === word || base === '' ? mark : `${mark}=${base}`;
  });
  return [
    `Words: ${shown.join(' ')}`,
    `Names and times: ${spans.map(({ text, kind, ids }) => `“${text}” ${kind}${fitting(kind, ids)}`).join(', ') || 'none'}`,
    `Read as a question: ${question ? 'yes' : 'no'}`,
    ...best.flatMap(({ intent, probability, features }) => [
      '',
      `${intent}  ${(probability * 100).toFixed(1)} %`,
      ...features.map(({ feature, weight }) => `  ${weight < 0 ? '' : '+'}${weight.toFixed(3)}  ${feature}`),
    ]),
  ].join('\n');
}

const fitting = (kind: Span['meaning']['kind'], ids: readonly string[]): string =>
  kind === 'time' ? '' : ids.length === 1 ? '' : ` (${ids.length} fit)`;
