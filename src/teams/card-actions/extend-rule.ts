import { z } from 'zod';
import { cardAction, Id } from './card-action.ts';
import { changeAndShow } from './change-and-show.ts';

/** Gives a standing rule another end, ms UTC, which the card that asked has named. */
export const extendRule = cardAction({
  verb: 'extend-rule',
  role: 'owner',
  Data: z.object({ ruleId: Id, until: z.int().positive() }),
  misfit: 'I cannot read this request, so the rule stays as it is. Ask me for the rules again.',
  async run({ ruleId, until }, turn, context, access) {
    await changeAndShow({ kind: 'extend-rule', ruleId, until }, turn, context, access);
  },
});
