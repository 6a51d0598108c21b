import { z } from 'zod';
import { decideAndShow } from './answer-with-card.ts';
import { cardAction, Id, Reason } from './card-action.ts';

/** The change was intended: says who found so, and why, and closes the incident. */
export const approve = cardAction({
  verb: 'approve',
  role: 'operator',
  Data: z.object({ incidentId: Id, approveReason: Reason }),
  misfit: 'Please give a reason of at most 500 characters. Nothing was changed.',
  async run({ incidentId, approveReason: reason }, turn, context) {
    await decideAndShow({ kind: 'approve', incidentId, reason }, turn, context);
  },
});
