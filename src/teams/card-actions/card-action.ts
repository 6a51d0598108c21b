import { z } from 'zod';
import type { Access } from '../../domain/access/access.ts';
import type { BotContext } from '../bot-context.ts';
import { authorize, authorizeFounder, type NeededRole } from '../middleware/authorize.ts';
import { type ActionTurn, say } from '../turn.ts';
import { notePressed } from './pressed-card.ts';

/** One button. `handle` checks role and data itself, so that no button can be listed without them. */
export type CardAction = { verb: string; handle(turn: ActionTurn, context: BotContext): Promise<void> };

/** Ids as we make them and as Entra does; anything else cannot be one of ours. */
export const Id = z
  .string()
  .regex(/^[0-9A-Za-z][0-9A-Za-z:._-]{0,127}$/)
  .toLowerCase();

/** What people type as a reason: shown on the card and kept with the decision. */
export const Reason = z.string().trim().min(1).max(500);

/** As `Reason`; null where nothing was typed. */
export const OptionalReason = z
  .string()
  .trim()
  .max(500)
  .default('')
  .transform((text) => (text === '' ? null : text));

/** Names the plan that was shown, so that one that has changed since is shown again first; null where none was. */
export const PlanDigest = z
  .string()
  .regex(/^[0-9a-f]{0,64}$/)
  .default('')
  .transform((digest) => (digest === '' ? null : digest));

/**
 * Makes a card action. A card's data is only a claim, as anybody can post anything: it is parsed, and what
 * does not fit is answered, logged without its content, and changes nothing.
 * @param misfit what to say when the data does not fit
 */
export function cardAction<Data>(action: {
  verb: string;
  /** Where it depends on what is asked for, the data as it came decides. */
  role: NeededRole | ((data: unknown) => NeededRole);
  /** Whether an administrator of the tenant may press it while no owner is set. */
  founders?: true;
  Data: z.ZodType<Data>;
  misfit: string;
  run(data: Data, turn: ActionTurn, context: BotContext, access: Access): Promise<void>;
}): CardAction {
  return {
    verb: action.verb,
    async handle(turn, context) {
      const role = typeof action.role === 'function' ? action.role(turn.data) : action.role;
      const access = action.founders
        ? await authorizeFounder(turn, context)
        : await authorize(turn, context, role);
      if (!access) return;
      const data = action.Data.safeParse(turn.data);
      if (data.success) {
        await notePressed(turn, context);
        return action.run(data.data, turn, context, access);
      }
      const fields = data.error.issues.map((issue) => issue.path.join('.'));
      context.log.info(
        { verb: action.verb, by: turn.asker.person.aadObjectId, fields },
        'card data does not fit',
      );
      await turn.reply(say(action.misfit));
    },
  };
}
