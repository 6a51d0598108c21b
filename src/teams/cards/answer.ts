import type { Answer } from '../../answers/answer.ts';
import { ANSWER_TEMPLATE } from './answer.template.ts';
import { type AnswerFold, type BlockData, blockData } from './answer-blocks.ts';
import { markdownText, plainText } from './escape-text.ts';
import { type AdaptiveCard, fitCard, renderCard } from './render.ts';
import type { Times } from './times.ts';

/** Teams shows up to six buttons; more than three next steps are a menu nobody asked for. */
const MOST_NEXT = 3;

const FOLDS: readonly [AnswerFold, ...AnswerFold[]] = [
  { blocks: 12, rows: 100, columns: 8, text: 600 },
  { blocks: 12, rows: 50, columns: 8, text: 400 },
  { blocks: 8, rows: 25, columns: 8, text: 250 },
  { blocks: 5, rows: 12, columns: 6, text: 120 },
  { blocks: 3, rows: 5, columns: 6, text: 60 },
  { blocks: 1, rows: 2, columns: 4, text: 40 },
];

/** The data of `answer.template.ts`. Texts are escaped; an empty text leaves its place out. */
export type AnswerCardData = {
  fallback: string;
  lead: string;
  reading: string;
  blocks: BlockData[];
  completeUntil: string;
  next: { title: string; ask: string }[];
};

/** The card of an answer, whatever blocks it has. It stays under Teams' size limit by folding its lists. */
export const answerCard = (answer: Answer, times: Times): AdaptiveCard =>
  fitCard(FOLDS, (fold) => renderCard(ANSWER_TEMPLATE, answerCardData(answer, times, fold)));

function answerCardData(answer: Answer, times: Times, fold: AnswerFold): AnswerCardData {
  return {
    fallback: plainText(answer.lead, fold.text),
    lead: markdownText(answer.lead, fold.text),
    reading: markdownText(answer.reading ?? '', fold.text),
    blocks: answer.blocks.slice(0, fold.blocks).map((block, index) => blockData(block, index, times, fold)),
    completeUntil: markdownText(answer.completeUntil ?? '', fold.text),
    next: answer.next
      .filter((sentence) => sentence.length <= fold.text)
      .slice(0, MOST_NEXT)
      .map((sentence) => ({ title: plainText(sentence, 60), ask: plainText(sentence) })),
  };
}
