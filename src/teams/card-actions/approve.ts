import { z } from 'zod';
import { RULE_LENGTHS } from '../rule-lengths.ts';
import { decideAndShow } from './answer-with-card.ts';
import { cardAction, Id, OptionalReason } from './card-action.ts';

/** What the form offers as a reason; `other` leaves it to the words typed beneath. */
const OFFERED = { leaver: 'Leaver', moved: 'Moved to another plan', other: null } as const;

/** The change was intended: says who found so, and why, and closes the incident; with a rule, for others like it. */
export const approve = cardAction({
  verb: 'approve',
  role: 'operator',
  Data: z
    .object({
      incidentId: Id,
      approveWhy: z.enum(['leaver', 'moved', 'other']).default('other'),
      approveReason: OptionalReason,
      ruleFor: z.enum(['no', '30d', '90d', '1y']).default('no'),
    })
    .refine(({ approveWhy, approveReason }) => approveWhy !== 'other' || approveReason !== null),
  misfit: 'Please say why in your own words, in at most 500 characters. Nothing was changed.',
  async run({ incidentId, approveWhy, approveReason, ruleFor }, turn, context, access) {
    const reason = [OFFERED[approveWhy], approveReason].filter((part) => part !== null).join(': ');
    const ruleUntil = ruleFor === 'no' ? null : context.now() + RULE_LENGTHS[ruleFor].ms;
    await decideAndShow({ kind: 'approve', incidentId, reason, ruleUntil }, turn, context, access);
  },
});
