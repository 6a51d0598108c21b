import { z } from 'zod';
import { SNOOZE_LENGTHS } from '../snooze-lengths.ts';
import { decideAndShow } from './answer-with-card.ts';
import { cardAction, Id, Reason } from './card-action.ts';

/** Puts the incident to rest until a time, or what comes next for its users, products or group as well. */
export const snooze = cardAction({
  verb: 'snooze',
  role: 'operator',
  Data: z.object({
    incidentId: Id,
    length: z.enum(['4h', '1d', '3d', '7d']),
    about: z.enum(['incident', 'users', 'skus', 'group']).default('incident'),
    snoozeReason: Reason,
  }),
  misfit: 'Please choose how long, and give a reason of at most 500 characters. Nothing was changed.',
  async run({ incidentId, length, about, snoozeReason: reason }, turn, context, access) {
    const until = context.now() + SNOOZE_LENGTHS[length].ms;
    await decideAndShow({ kind: 'snooze', incidentId, until, reason, about }, turn, context, access);
  },
});
