import { z } from 'zod';
import { decideAndShow } from './answer-with-card.ts';
import { cardAction, Id } from './card-action.ts';

/** Takes back what a reassign has written, within a day. */
export const undo = cardAction({
  verb: 'undo',
  role: 'operator',
  Data: z.object({ incidentId: Id, decisionId: Id }),
  misfit: 'I cannot read this request, so nothing was changed. Please use the buttons of the newest card.',
  async run({ incidentId, decisionId }, turn, context, access) {
    await decideAndShow({ kind: 'undo', incidentId, decisionId }, turn, context, access);
  },
});
