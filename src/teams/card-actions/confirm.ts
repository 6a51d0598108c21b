import { z } from 'zod';
import { decideAndShow } from './answer-with-card.ts';
import { cardAction, Id } from './card-action.ts';

/** A second operator agrees with what another asked for: only then is anything written. */
export const confirm = cardAction({
  verb: 'confirm',
  role: 'operator',
  Data: z.object({ incidentId: Id, requestId: Id }),
  misfit: 'I cannot read this request, so nothing was changed. Please use the buttons of the newest card.',
  async run({ incidentId, requestId }, turn, context, access) {
    await decideAndShow({ kind: 'confirm', incidentId, requestId }, turn, context, access);
  },
});
