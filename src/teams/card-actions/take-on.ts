import { z } from 'zod';
import { decideAndShow } from './answer-with-card.ts';
import { cardAction, Id, OptionalReason } from './card-action.ts';

/** "I'm on it": notes who looks after the incident, with a note if they like. */
export const takeOn = cardAction({
  verb: 'take-on',
  role: 'operator',
  Data: z.object({ incidentId: Id, takeOnNote: OptionalReason }),
  misfit: 'Please keep the note to at most 500 characters. Nothing was changed.',
  run: ({ incidentId, takeOnNote: note }, turn, context, access) =>
    decideAndShow({ kind: 'take-on', incidentId, note }, turn, context, access),
});
