import { z } from 'zod';
import { INTENT_NAMES } from '../../language/facts.ts';
import { answerTo } from '../answer-to.ts';
import { say } from '../turn.ts';
import { cardAction } from './card-action.ts';

/**
 * "Which Chris?", or a question that one might ask next: the button holds a sentence, and pressing it is as
 * good as typing it. What the sentence was read as before, where that was chosen, it is read as again. The answer is a new message, so that the card asked from stays readable.
 */
export const ask = cardAction({
  verb: 'ask',
  role: 'reader',
  Data: z.object({ ask: z.string().trim().min(1).max(500), intent: z.enum(INTENT_NAMES).optional() }),
  misfit: 'I cannot read this question. Please type it.',
  async run({ ask: sentence, intent }, turn, context, access) {
    const reply = await answerTo({ sentence, intent }, turn, context, access);
    if (!reply) return;
    await turn.post(reply);
    await turn.reply(say(`Answered below: ${sentence}`));
  },
});
