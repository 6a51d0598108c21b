import { textsOf } from '../../answers/answer/answer.ts';
import type { Command } from './command.ts';
import { showAnswer } from './show-answer.ts';

/** Offers a list as a file; where no list was meant, says what there is. */
export const exportList: Command = {
  title: 'Export a list',
  description: 'Any list as a file for Excel (CSV) or for programs (NDJSON), with all of its rows',
  example: 'Export lost licenses last month',
  inMenu: false,
  intents: ['export'],
  requests: ['export'],
  async run(answer, turn, context, access) {
    if (answer.request?.kind !== 'export') return showAnswer(answer, turn, context, access);
    return context.files.offer(answer.request.request, turn, access, textsOf(answer));
  },
};
