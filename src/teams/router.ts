import { answerTo } from './answer-to.ts';
import type { BotContext } from './bot-context.ts';
import { CARD_ACTIONS } from './card-actions/index.ts';
import { helpCard } from './cards/welcome.ts';
import { findPerson } from './message-extension/find-person.ts';
import { authorize } from './middleware/authorize.ts';
import { errorBoundary } from './middleware/error-boundary.ts';
import { limitTurns } from './middleware/limit-turns.ts';
import { runThrough } from './middleware/middleware.ts';
import { rememberConversation } from './middleware/remember-conversation.ts';
import { tenantCheck } from './middleware/tenant-check.ts';
import { turnLog } from './middleware/turn-log.ts';
import { welcome } from './middleware/welcome.ts';
import {
  type ActionTurn,
  type FileTurn,
  type MessageTurn,
  type SearchTurn,
  say,
  showCard,
  type Turn,
} from './turn.ts';
import { createTurnLimits } from './turns/turn-limits.ts';

/** Nobody asks in more; what is longer was pasted by mistake and is not worth guessing at. */
const MAX_QUESTION_LENGTH = 1_000;

/** Takes every turn to the one listener it belongs to, through the same middleware. Never throws. */
export function createRouter(context: BotContext): (turn: Turn) => Promise<void> {
  const limits = createTurnLimits(context.turnsPerMinute, context.now);
  const middleware = [
    errorBoundary,
    limitTurns(limits),
    turnLog,
    tenantCheck,
    welcome(),
    rememberConversation(),
  ];
  return (turn) => runThrough(middleware, turn, context, () => listen(turn, context));
}

async function listen(turn: Turn, context: BotContext): Promise<void> {
  switch (turn.kind) {
    case 'message':
      return onMessage(turn, context);
    case 'action':
      return onAction(turn, context);
    case 'file':
      return onFile(turn, context);
    case 'search':
      return onSearch(turn, context);
    case 'event':
      return;
  }
}

async function onMessage(turn: MessageTurn, context: BotContext): Promise<void> {
  const access = await authorize(turn, context, 'reader');
  if (!access) return;
  if (turn.text === '')
    return turn.reply(showCard(helpCard(context.commands, access.role), 'What you can ask License Watch'));
  if (turn.text.length > MAX_QUESTION_LENGTH) {
    return turn.reply(
      say(`That is too long for me. Please ask in at most ${MAX_QUESTION_LENGTH} characters.`),
    );
  }
  const reply = await answerTo({ sentence: turn.text }, turn, context, access);
  if (reply) await turn.reply(reply);
}

async function onFile(turn: FileTurn, context: BotContext): Promise<void> {
  const access = await authorize(turn, context, 'reader');
  if (access) await context.files.answer(turn, access);
}

async function onSearch(turn: SearchTurn, context: BotContext): Promise<void> {
  const access = await authorize(turn, context, 'reader');
  if (access) await findPerson(turn, context, access);
}

async function onAction(turn: ActionTurn, context: BotContext): Promise<void> {
  const action = CARD_ACTIONS.find(({ verb }) => verb === turn.verb);
  if (action) return action.handle(turn, context);
  context.log.info({ by: turn.asker.person.aadObjectId }, 'unknown card action');
  await turn.reply(say('I do not know this button. Nothing was changed.'));
}
