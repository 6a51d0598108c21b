import type { Access } from '../domain/access/access.ts';
import { forYou, isForAskerOnly } from './among-others.ts';
import type { BotContext } from './bot-context.ts';
import { commandFor } from './commands/index.ts';
import { authorize } from './middleware/authorize.ts';
import { withTyping } from './middleware/typing.ts';
import type { Reply, Turn } from './turn.ts';

/**
 * Understands a sentence, checks that the person may have it carried out, and carries it out.
 * @param access of the person, who may ask: the answer tells only of users that they may see, and only where everybody
 * who reads it may see them
 * @returns the reply, or null when the person was refused and told so
 */
export async function answerTo(
  sentence: string,
  turn: Turn,
  context: BotContext,
  access: Access,
): Promise<Reply | null> {
  const answer = await withTyping(turn, () => context.services.ask(sentence, turn.asker, access));
  if (isForAskerOnly(answer, turn, context)) return forYou(sentence);
  const command = commandFor(answer);
  const allowed = await authorize(turn, context, command.role);
  return allowed && command.run(answer, turn, context, allowed);
}
