import type { BotContext } from './bot-context.ts';
import { commandFor } from './commands/index.ts';
import { authorize } from './middleware/authorize.ts';
import { withTyping } from './middleware/typing.ts';
import type { Reply, Turn } from './turn.ts';

/**
 * Understands a sentence, checks that the person may have it carried out, and carries it out.
 * @returns the reply, or null when the person was refused and told so
 */
export async function answerTo(sentence: string, turn: Turn, context: BotContext): Promise<Reply | null> {
  const answer = await withTyping(turn, () => context.services.ask(sentence, turn.asker));
  const command = commandFor(answer);
  if (!(await authorize(turn, context, command.role))) return null;
  return command.run(answer, turn, context);
}
