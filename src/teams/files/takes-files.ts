import type { BotContext } from '../bot-context.ts';
import type { Turn } from '../turn.ts';

/**
 * Whether a file can be sent where somebody asked: Teams takes files from bots in a personal chat only, and in some
 * clouds nowhere ("Send and receive files using a bot" of the Teams documentation).
 */
export const takesFiles = (
  { conversation }: Pick<Turn, 'conversation'>,
  { filesFromBots }: Pick<BotContext, 'filesFromBots'>,
): boolean => filesFromBots && conversation.kind === 'personal';
