import { z } from 'zod';
import { decidersCard, USUAL_DECIDERS } from '../../cards/choose-deciders.ts';
import { moveAlertsCard } from '../../cards/move-alerts.ts';
import { settingsAskedCard } from '../../cards/settings.ts';
import { ALREADY_HERE, NOT_A_CHANNEL } from '../../commands/post-alerts-here.ts';
import { say, showCard } from '../../turn.ts';
import { cardAction } from '../card-action.ts';

/** "Choose the channel" of the welcome card: asks whether alerts go here. The press after it does it. */
export const chooseChannel = cardAction({
  verb: 'choose-channel',
  role: 'owner',
  founders: true,
  Data: z.unknown(),
  misfit: NOT_A_CHANNEL,
  async run(_data, turn, { services }) {
    if (turn.conversation.kind !== 'channel') return turn.reply(say(NOT_A_CHANNEL));
    const now = await services.conversations.alertTarget();
    if (now?.alerts && now.key === turn.conversation.key) return turn.reply(say(ALREADY_HERE));
    await turn.reply(showCard(moveAlertsCard(now), 'Post alerts in this channel?'));
  },
});

const Chosen = z.object({
  owners: z.string().trim().min(1).max(300),
  operators: z.string().trim().min(1).max(300),
  readers: z.string().trim().min(1).max(300),
});

/** "Choose who may decide": shows the form, and then what would change. Nothing does before the next press. */
export const chooseDeciders = cardAction({
  verb: 'choose-deciders',
  role: 'owner',
  founders: true,
  Data: z.union([Chosen, z.unknown().transform(() => null)]),
  misfit: 'I cannot read this. Nothing was changed.',
  async run(chosen, turn, { services }) {
    const now = services.deciders();
    if (chosen === null) {
      return turn.reply(showCard(decidersCard(now ?? USUAL_DECIDERS, null), 'Choose who may decide'));
    }
    const wanted = await services.chooseDeciders(chosen);
    if (wanted.kind === 'refused') {
      return turn.reply(showCard(decidersCard(chosen, wanted.sentence), 'Choose who may decide'));
    }
    await turn.reply(
      showCard(settingsAskedCard(wanted.asked, wanted.sentence, wanted.lead), wanted.sentence),
    );
  },
});
