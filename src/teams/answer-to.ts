import type { Answer } from '../answers/answer/answer.ts';
import { FIRST_PAGE } from '../answers/answer/paging.ts';
import type { Access } from '../domain/access/access.ts';
import type { Intent } from '../language/query.ts';
import { forYou, isForAskerOnly, keptOf } from './among-others.ts';
import type { BotContext } from './bot-context.ts';
import { commandFor } from './commands/index.ts';
import { authorize, authorizeFounder } from './middleware/authorize.ts';
import { withTyping } from './middleware/typing.ts';
import type { Reply, Turn } from './turn.ts';

/** A sentence, what it is to be read as where that was chosen, and by what it is kept. */
export type Said = { sentence: string; intent?: Intent | undefined; kept?: string | undefined };

/**
 * Understands a sentence, checks that the person may have it carried out, and carries it out.
 * @param access of the person, who may ask: the answer tells only of users that they may see, and only where everybody
 * who reads it may see them
 * @returns the reply, or null when the person was refused and told so
 */
export async function answerTo(
  said: Said,
  turn: Turn,
  context: BotContext,
  access: Access,
): Promise<Reply | null> {
  const answer = await answerOf(said, turn, context, access);
  if (isForAskerOnly(answer, turn, context)) return forYou(said.sentence, said.intent, keptOf(answer));
  return carryOut(answer, turn, context);
}

/** The answer of the rest of the product, while the person sees that it is worked on. */
export const answerOf = (
  { sentence, intent, kept }: Said,
  turn: Turn,
  { services }: BotContext,
  access: Access,
): Promise<Answer> =>
  withTyping(turn, () =>
    services.ask(
      sentence,
      turn.asker,
      access,
      intent ? { page: FIRST_PAGE, intent, ...(kept ? { kept } : {}) } : undefined,
    ),
  );

/** Carries out what an answer is for, for somebody who may. @returns null when they were refused and told so */
export async function carryOut(answer: Answer, turn: Turn, context: BotContext): Promise<Reply | null> {
  const command = commandFor(answer);
  const allowed = command.founders
    ? await authorizeFounder(turn, context)
    : await authorize(turn, context, command.role);
  return allowed && command.run(answer, turn, context, allowed);
}
