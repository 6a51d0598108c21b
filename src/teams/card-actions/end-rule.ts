import { z } from 'zod';
import { say } from '../turn.ts';
import { cardAction, Id } from './card-action.ts';

/** Ends a standing rule before its time: what it expected is alerted again. */
export const endRule = cardAction({
  verb: 'end-rule',
  role: 'owner',
  Data: z.object({ ruleId: Id }),
  misfit: 'I cannot read this request, so the rule stays as it is. Ask me for the rules again.',
  async run({ ruleId }, turn, context, access) {
    const outcome = await context.services.stand({ kind: 'end-rule', ruleId }, turn.asker.person, access);
    await turn.reply(say(outcome.sentence));
  },
});
