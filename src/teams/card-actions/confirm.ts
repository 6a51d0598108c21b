import { z } from 'zod';
import { decideAndShow } from './answer-with-card.ts';
import { cardAction, Id, PlanDigest } from './card-action.ts';

/** A second operator agrees with what another asked for: only then is anything written. */
export const confirm = cardAction({
  verb: 'confirm',
  role: 'operator',
  Data: z.object({ incidentId: Id, requestId: Id, plan: PlanDigest }),
  misfit: 'I cannot read this request, so nothing was changed. Please use the buttons of the newest card.',
  async run({ incidentId, requestId, plan }, turn, context, access) {
    await decideAndShow({ kind: 'confirm', incidentId, requestId, plan }, turn, context, access);
  },
});
