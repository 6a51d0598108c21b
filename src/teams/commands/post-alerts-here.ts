import type { BotContext } from '../bot-context.ts';
import { moveAlertsCard } from '../cards/move-alerts.ts';
import { say, showCard, type Turn } from '../turn.ts';
import type { Command } from './command.ts';

export const NOT_A_CHANNEL =
  'Alerts go to a team channel. Add me to a team, then write there: @License Watch post alerts in this channel.';
export const ALREADY_HERE = 'Alerts are posted in this channel already.';

/**
 * Moves the alerts to the channel in which it is said, once that was confirmed there: another channel hears no more of
 * them. Where none has them nobody is asked, as nobody loses anything. Cards that wait for a channel go out at once.
 */
export const postAlertsHere: Command = {
  title: 'Post alerts in this channel',
  description: 'Say it in a channel, with my name: I ask, and then post license alerts there',
  example: 'Post alerts in this channel',
  inMenu: false,
  founders: true,
  intents: ['set-channel'],
  requests: ['set-channel'],
  async run(_answer, turn, context) {
    if (turn.conversation.kind !== 'channel') return say(NOT_A_CHANNEL);
    const before = await context.services.conversations.alertTarget();
    if (before?.key === turn.conversation.key) return say(ALREADY_HERE);
    // Nobody is an owner yet: an administrator is asked twice.
    if (before || !context.services.isOwned())
      return showCard(moveAlertsCard(before), 'Post alerts in this channel?');
    const moved = await alertsMoveTo(turn, context);
    return say(moved ? 'From now on I post license alerts in this channel.' : ALREADY_HERE);
  },
};

/** Moves the alerts to the channel of the turn. Returns false where they went there already. */
export async function alertsMoveTo(
  { asker, conversation }: Pick<Turn, 'asker' | 'conversation'>,
  { services, log }: BotContext,
): Promise<boolean> {
  const moved = await services.postAlertsIn(conversation.key, asker.person);
  log.info({ by: asker.person.aadObjectId, channel: conversation.key, moved }, 'move of the alerts answered');
  return moved;
}
