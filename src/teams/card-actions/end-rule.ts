import { z } from 'zod';
import { cardAction, Id } from './card-action.ts';
import { changeAndShow } from './change-and-show.ts';

/** Ends a standing rule before its time: what it expected is alerted again. */
export const endRule = cardAction({
  verb: 'end-rule',
  role: 'owner',
  Data: z.object({ ruleId: Id }),
  misfit: 'I cannot read this request, so the rule stays as it is. Ask me for the rules again.',
  async run({ ruleId }, turn, context, access) {
    await changeAndShow({ kind: 'end-rule', ruleId }, turn, context, access);
  },
});
