import { say } from '../turn.ts';
import type { Command } from './command.ts';

/** Moves the alerts to the channel in which it is said. Cards that wait for a channel go out at once. */
export const postAlertsHere: Command = {
  title: 'Post alerts in this channel',
  description: 'Say it in a channel, with my name: license alerts are posted there from then on',
  example: 'Post alerts in this channel',
  inMenu: false,
  intents: ['set-channel'],
  requests: ['set-channel'],
  role: 'owner',
  async run(_answer, { asker, conversation }, { services, log }) {
    if (conversation.kind !== 'channel') {
      return say(
        'Alerts go to a team channel. Add me to a team, then write there: @License Watch post alerts in this channel.',
      );
    }
    const earlier = await services.conversations.alertTarget();
    if (earlier?.key === conversation.key) return say('Alerts are posted in this channel already.');
    await services.postAlertsIn(conversation.key, asker.person);
    log.info({ by: asker.person.aadObjectId, channel: conversation.key }, 'alerts go to another channel');
    const before = earlier ? `, no longer in ${earlier.name}` : '';
    return say(`From now on I post license alerts in this channel${before}.`);
  },
};
