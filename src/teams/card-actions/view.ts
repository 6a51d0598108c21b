import { z } from 'zod';
import { FORMS } from '../cards/incident/viewer.ts';
import { openForm, showAsItIs } from './answer-with-card.ts';
import { cardAction, Id } from './card-action.ts';

/** Whether a press asks for more than to look. Anything in the field counts: it is parsed afterwards. */
const asksToDecide = (data: unknown): boolean => typeof data === 'object' && data !== null && 'open' in data;

/**
 * The incident as the person who asks may see it, with the buttons that they may press: what Teams asks by itself for
 * those that the card in the channel names in its `refresh`, "What can I do?" of older cards, and the buttons of the
 * card in the channel, which name the form that opens in the card of the person. Those are for operators only.
 */
export const view = cardAction({
  verb: 'view',
  role: (data) => (asksToDecide(data) ? 'operator' : 'reader'),
  Data: z.object({ incidentId: Id, open: z.enum(FORMS).nullable().default(null) }),
  misfit: 'I cannot read this request. Please use the buttons of the newest card.',
  async run({ incidentId, open }, turn, context, access) {
    if (open === null) await showAsItIs(incidentId, {}, turn, context, access);
    else await openForm(incidentId, open, turn, context, access);
  },
});
