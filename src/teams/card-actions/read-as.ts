import { z } from 'zod';
import { INTENT_NAMES } from '../../language/facts.ts';
import { forYou, isForAskerOnly } from '../among-others.ts';
import { answerOf, carryOut } from '../answer-to.ts';
import { say } from '../turn.ts';
import { cardAction, Id } from './card-action.ts';

/**
 * "Did you mean …?": the sentence goes on as what was pressed, by the same roles and for the same users as if it had
 * been clear when it was typed; what writes still asks first. Where others must not read the answer, it takes the place
 * of the card, which Teams shows to the presser alone.
 */
export const readAs = cardAction({
  verb: 'read-as',
  role: 'reader',
  Data: z.object({
    ask: z.string().trim().min(1).max(500),
    intent: z.enum(INTENT_NAMES),
    kept: Id.optional(),
  }),
  misfit: 'I cannot read this choice. Please type the question.',
  async run({ ask: sentence, intent, kept }, turn, context, access) {
    const said = { sentence, intent, kept };
    const answer = await answerOf(said, turn, context, access);
    const isAlone = isForAskerOnly(answer, turn, context);
    const reply =
      isAlone && !turn.answersAlone ? forYou(sentence, intent) : await carryOut(answer, turn, context);
    if (!reply) return;
    if (isAlone && turn.answersAlone) return turn.reply(reply);
    await turn.post(reply);
    await turn.reply(say(`Answered below: ${sentence}`));
  },
});
