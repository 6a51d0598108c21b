import { z } from 'zod';
import { decideAndShow } from './answer-with-card.ts';
import { cardAction, Id } from './card-action.ts';

/** Ends the snooze of an incident before its time. */
export const wake = cardAction({
  verb: 'wake',
  role: 'operator',
  Data: z.object({ incidentId: Id }),
  misfit: 'I cannot read this request, so nothing was changed. Please use the buttons of the newest card.',
  async run({ incidentId }, turn, context, access) {
    await decideAndShow({ kind: 'wake', incidentId }, turn, context, access);
  },
});
