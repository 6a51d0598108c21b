import type { Answer, AnswerRequest } from '../../answers/answer/answer.ts';
import type { Access } from '../../domain/access/access.ts';
import type { SuppressionRequest } from '../../domain/incident/decision.ts';
import type { Intent } from '../../language/query.ts';
import type { BotContext } from '../bot-context.ts';
import type { MessageTurn, Reply } from '../turn.ts';

/** What an answer may ask the bot to do. */
export type Requested =
  | Exclude<AnswerRequest['kind'], 'stand' | 'show-incident'>
  | SuppressionRequest['kind'];

/** What can be asked or told in plain words. `index.ts` lists them: those with a handler of their own have a file, the others a row in `plain-commands.ts`. */
export type Command = {
  /** As in the compose box's command menu: at most 32 characters. */
  title: string;
  /** At most 128 characters. */
  description: string;
  /** A sentence that works as it stands. */
  example: string;
  /** Whether the compose box's menu has it, which takes ten; help has them all. */
  inMenu: boolean;
  /** Of an owner’s command: whether an administrator of the tenant may do it while no owner is set. */
  founders?: true;
  /** Never empty, and all for the same role. */
  intents: readonly [Intent, ...Intent[]];
  /** What it carries out; empty for a question. An answer that requests something goes by that, not by its intent. */
  requests: readonly Requested[];
  /** Carries it out and says so. The role was checked; `access` is the person's. */
  run(
    answer: Answer,
    turn: Pick<MessageTurn, 'asker' | 'conversation' | 'reference'>,
    context: BotContext,
    access: Access,
  ): Promise<Reply>;
};
