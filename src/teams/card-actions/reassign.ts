import { z } from 'zod';
import { decideAndShow, showAsItIs } from './answer-with-card.ts';
import { cardAction, Id, PlanDigest } from './card-action.ts';

const MAX_USERS = 1_000;

/** Teams sends the choices of a multi-select as one text with commas; none chosen is an empty text. */
const ChosenUsers = z
  .string()
  .max(MAX_USERS * 129)
  .transform((text) => text.split(',').filter((id) => id !== ''))
  .pipe(z.array(Id).max(MAX_USERS));

/** Gives back what was lost, to everyone of the incident or to the chosen users. */
export const reassign = cardAction({
  verb: 'reassign',
  role: 'operator',
  Data: z.object({
    incidentId: Id,
    who: z.enum(['all', 'chosen']),
    way: z.enum(['as-it-was', 'direct']).default('as-it-was'),
    plan: PlanDigest,
    // Each form has its own list, as ids of inputs are unique in a card.
    users: ChosenUsers.optional(),
    directUsers: ChosenUsers.optional(),
  }),
  misfit: 'I cannot read this request, so nothing was changed. Please use the buttons of the newest card.',
  async run({ incidentId, who, way, plan, users = [], directUsers = [] }, turn, context, access) {
    const chosen = way === 'direct' ? directUsers : users;
    if (who === 'chosen' && chosen.length === 0) {
      const notice = 'Nobody was selected, so nothing was changed.';
      const open = way === 'as-it-was' ? 'reassign' : null;
      return showAsItIs(incidentId, { notice, open, choosing: true }, turn, context, access);
    }
    const userIds = who === 'all' ? null : [...new Set(chosen)];
    await decideAndShow({ kind: 'reassign', incidentId, userIds, way, plan }, turn, context, access);
  },
});
