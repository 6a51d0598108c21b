import type { Answer, AnswerRequest } from '../../answers/answer.ts';
import type { Access } from '../../domain/access/access.ts';
import type { Intent } from '../../language/query.ts';
import type { BotContext } from '../bot-context.ts';
import type { NeededRole } from '../middleware/authorize.ts';
import type { MessageTurn, Reply } from '../turn.ts';

/** What can be asked or told in plain words. One file each; `index.ts` lists them. */
export type Command = {
  /** As in the compose box's command menu: at most 32 characters. */
  title: string;
  /** At most 128 characters. */
  description: string;
  /** A sentence that works as it stands. */
  example: string;
  intents: readonly Intent[];
  /** Set when the answer asks the bot to do something; it then decides, not the intent. */
  request: AnswerRequest['kind'] | null;
  role: NeededRole;
  /** Carries it out and says so. The role was checked; `access` is the person's. */
  run(
    answer: Answer,
    turn: Pick<MessageTurn, 'asker' | 'conversation'>,
    context: BotContext,
    access: Access,
  ): Promise<Reply>;
};
