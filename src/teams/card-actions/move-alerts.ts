import { z } from 'zod';
import { nameElsewhere } from '../../domain/delivery/channel-name.ts';
import { alertsGoCard } from '../cards/move-alerts.ts';
import { ALREADY_HERE, alertsMoveTo, NOT_A_CHANNEL } from '../commands/post-alerts-here.ts';
import { say, showCard } from '../turn.ts';
import { cardAction } from './card-action.ts';

/** Moves the alerts to the channel in which it is pressed, or leaves them where they are. */
export const moveAlerts = cardAction({
  verb: 'move-alerts',
  role: 'owner',
  founders: true,
  Data: z.object({ move: z.enum(['here', 'leave']) }),
  misfit: 'I cannot read this request, so alerts go where they went. Please ask me for it again.',
  async run({ move }, turn, context) {
    const { services } = context;
    const before = await services.conversations.alertTarget();
    const reply = (sentence: string) => turn.reply(showCard(alertsGoCard(sentence), sentence));
    if (move === 'leave') {
      const where = before && nameElsewhere(before.name);
      return reply(where === null ? 'Nothing was changed.' : `Nothing was changed. Alerts go to ${where}.`);
    }
    if (turn.conversation.kind !== 'channel') return turn.reply(say(NOT_A_CHANNEL));
    const moved = await alertsMoveTo(turn, context);
    await reply(
      moved ? `Alerts are posted in this channel now, moved by ${turn.asker.person.name}.` : ALREADY_HERE,
    );
  },
});
