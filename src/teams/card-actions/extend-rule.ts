import { z } from 'zod';
import { RULE_LENGTHS } from '../rule-lengths.ts';
import { say } from '../turn.ts';
import { cardAction, Id } from './card-action.ts';

/** Gives a standing rule a later end, reckoned from now. */
export const extendRule = cardAction({
  verb: 'extend-rule',
  role: 'owner',
  Data: z.object({ ruleId: Id, ruleFor: z.enum(['30d', '90d', '1y']) }),
  misfit: 'I cannot read this request, so the rule stays as it is. Ask me for the rules again.',
  async run({ ruleId, ruleFor }, turn, context, access) {
    const until = context.now() + RULE_LENGTHS[ruleFor].ms;
    const request = { kind: 'extend-rule', ruleId, until } as const;
    const outcome = await context.services.stand(request, turn.asker.person, access);
    await turn.reply(say(outcome.sentence));
  },
});
