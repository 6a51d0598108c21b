import { z } from 'zod';
import { showAsItIs } from './answer-with-card.ts';
import { cardAction, Id } from './card-action.ts';

/**
 * The incident as the person who asks may see it, with the buttons that they may press: "What can I do?", and
 * what Teams asks by itself for those whom the card in the channel names in its `refresh`.
 */
export const view = cardAction({
  verb: 'view',
  role: 'reader',
  Data: z.object({ incidentId: Id }),
  misfit: 'I cannot read this request. Please use the buttons of the newest card.',
  async run({ incidentId }, turn, context, access) {
    await showAsItIs(incidentId, null, turn, context, access);
  },
});
