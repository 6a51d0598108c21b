import { z } from 'zod';
import { licenseChangedCard, undoAskingCard } from '../cards/license-change.ts';
import { timesIn } from '../cards/times.ts';
import { say, showCard } from '../turn.ts';
import { askedReply, Second } from './ask-second.ts';
import { cardAction, Id } from './card-action.ts';

/**
 * Takes back licenses that were given or taken on request. A refusal leaves the card with its button, which may help
 * in a moment.
 */
export const undoLicenses = cardAction({
  verb: 'undo-licenses',
  role: 'operator',
  Data: z.object({ decisionId: Id, second: Second }),
  misfit: 'I cannot read this request, so nothing was changed. Please ask me for what you need.',
  async run({ decisionId, second }, turn, context, access) {
    const { person } = turn.asker;
    const asking = second === null ? null : { conversationKey: turn.conversation.key };
    const outcome = await context.services.undoLicenses(decisionId, person, access, asking);
    context.log.info(
      { by: person.aadObjectId, decision: 'undo', of: decisionId, outcome: outcome.kind },
      'license change answered',
    );
    if (outcome.kind === 'refused') return turn.reply(say(outcome.sentence));
    const times = timesIn(turn.asker.timeZone, context.timeZone);
    switch (outcome.kind) {
      case 'accepted': {
        const card = licenseChangedCard(outcome, times, outcome.second);
        return turn.reply(showCard(card, outcome.sentence));
      }
      case 'waiting':
        return turn.reply(askedReply(outcome, times));
      case 'shown-again':
        return turn.reply(say(outcome.notice));
      case 'needs-second': {
        const shown = { ...outcome, second: 'can-be-asked' as const };
        return turn.reply(showCard(undoAskingCard(decisionId, shown, times), outcome.plan.sentence));
      }
    }
  },
});
