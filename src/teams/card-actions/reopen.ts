import { z } from 'zod';
import { decideAndShow } from './answer-with-card.ts';
import { cardAction, Id, Reason } from './card-action.ts';

/** Takes an approval back, with a reason: the incident is open again. */
export const reopen = cardAction({
  verb: 'reopen',
  role: 'operator',
  Data: z.object({ incidentId: Id, reopenReason: Reason }),
  misfit: 'Please say why, in at most 500 characters. Nothing was changed.',
  run: ({ incidentId, reopenReason }, turn, context, access) =>
    decideAndShow({ kind: 'reopen', incidentId, reason: reopenReason }, turn, context, access),
});
