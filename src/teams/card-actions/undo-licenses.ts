import { z } from 'zod';
import { licenseChangedCard } from '../cards/license-change.ts';
import { timesIn } from '../cards/times.ts';
import { say, showCard } from '../turn.ts';
import { cardAction, Id } from './card-action.ts';

/**
 * Takes back licenses that were given or taken on request. A refusal leaves the card with its button, which may help
 * in a moment.
 */
export const undoLicenses = cardAction({
  verb: 'undo-licenses',
  role: 'operator',
  Data: z.object({ decisionId: Id }),
  misfit: 'I cannot read this request, so nothing was changed. Please ask me for what you need.',
  async run({ decisionId }, turn, context, access) {
    const outcome = await context.services.undoLicenses(decisionId, turn.asker.person, access);
    context.log.info(
      { by: turn.asker.person.aadObjectId, decision: 'undo', of: decisionId, outcome: outcome.kind },
      'license change answered',
    );
    if (outcome.kind === 'refused') return turn.reply(say(outcome.sentence));
    const times = timesIn(turn.asker.timeZone, context.timeZone);
    await turn.reply(showCard(licenseChangedCard(outcome, times), outcome.sentence));
  },
});
