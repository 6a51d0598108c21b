import { confirmCard } from '../cards/suppression.ts';
import { showCard } from '../turn.ts';
import type { Command } from './command.ts';
import { showAnswer } from './show-answer.ts';

/** Shows what would be changed, with the button that does it: words alone change nothing. */
export const askFirst: Command['run'] = async (answer, turn, context, access) => {
  if (answer.request?.kind !== 'stand') return showAnswer(answer, turn, context, access);
  const { request, sentence } = answer.request;
  return showCard(confirmCard(request, sentence, answer.lead, answer.reading), sentence);
};
