import { z } from 'zod';
import { decideAndShow, showIncident } from './answer-with-card.ts';
import { cardAction, Id } from './card-action.ts';

const MOST_USERS = 1_000;

/** Teams sends the choices of a multi-select as one text with commas; none chosen is an empty text. */
const ChosenUsers = z
  .string()
  .max(MOST_USERS * 129)
  .transform((text) => text.split(',').filter((id) => id !== ''))
  .pipe(z.array(Id).max(MOST_USERS));

/** Gives back what was lost, to everyone of the incident or to the chosen users. */
export const reassign = cardAction({
  verb: 'reassign',
  role: 'operator',
  Data: z.object({
    incidentId: Id,
    who: z.enum(['all', 'chosen']),
    users: ChosenUsers.optional(),
  }),
  misfit: 'I cannot read this request, so nothing was changed. Please use the buttons of the newest card.',
  async run({ incidentId, who, users = [] }, turn, context) {
    if (who === 'chosen' && users.length === 0) {
      const view = await context.services.incident(incidentId);
      if (view) return showIncident(view, 'Nobody was chosen, so nothing was changed.', turn, context);
    }
    const userIds = who === 'all' ? null : [...new Set(users)];
    await decideAndShow({ kind: 'reassign', incidentId, userIds }, turn, context);
  },
});
