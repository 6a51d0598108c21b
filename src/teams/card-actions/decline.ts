import { z } from 'zod';
import { decideAndShow } from './answer-with-card.ts';
import { cardAction, Id, OptionalReason } from './card-action.ts';

/** A second operator disagrees, or the one who asked withdraws: nothing is written. */
export const decline = cardAction({
  verb: 'decline',
  role: 'operator',
  Data: z.object({ incidentId: Id, requestId: Id, declineReason: OptionalReason }),
  misfit: 'Please give a reason of at most 500 characters, or none. Nothing was changed.',
  async run({ incidentId, requestId, declineReason: reason }, turn, context, access) {
    await decideAndShow({ kind: 'decline', incidentId, requestId, reason }, turn, context, access);
  },
});
