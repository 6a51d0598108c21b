import { z } from 'zod';
import type { Access } from '../../domain/access/access.ts';
import type { BotContext } from '../bot-context.ts';
import { askedOwnCard, askedToConfirmCard, endedCard } from '../cards/asked-change.ts';
import { licenseChangedCard } from '../cards/license-change.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import { timesIn } from '../cards/times.ts';
import { operatorsInWords } from '../middleware/authorize.ts';
import type { AskedAnswer, AskedOutcome } from '../services.ts';
import { type ActionTurn, say, showCard } from '../turn.ts';
import { cardAction, Id, OptionalReason, PlanDigest } from './card-action.ts';
import { pressedKey } from './pressed-card.ts';

const MISFIT =
  'I cannot read this request, so nothing was changed. Please use the buttons of the newest card.';

/** A second operator agrees with licenses that another wants to give, to take, or to take back. */
export const confirmLicenses = cardAction({
  verb: 'confirm-licenses',
  role: 'operator',
  Data: z.object({ requestId: Id, plan: PlanDigest }),
  misfit: MISFIT,
  run: ({ requestId, plan }, turn, context, access) =>
    answerAndShow({ kind: 'confirm', requestId, plan }, turn, context, access),
});

/** A second operator disagrees: nothing is written. */
export const declineLicenses = cardAction({
  verb: 'decline-licenses',
  role: 'operator',
  Data: z.object({ requestId: Id, declineReason: OptionalReason }),
  misfit: 'Please give a reason of at most 500 characters, or none. Nothing was changed.',
  run: ({ requestId, declineReason: reason }, turn, context, access) =>
    answerAndShow({ kind: 'decline', requestId, reason }, turn, context, access),
});

/** The asker takes it back. */
export const withdrawLicenses = cardAction({
  verb: 'withdraw-licenses',
  role: 'operator',
  Data: z.object({ requestId: Id }),
  misfit: MISFIT,
  run: ({ requestId }, turn, context, access) =>
    answerAndShow({ kind: 'withdraw', requestId }, turn, context, access),
});

async function answerAndShow(
  answer: AskedAnswer,
  turn: ActionTurn,
  context: BotContext,
  access: Access,
): Promise<void> {
  const outcome = await context.services.answerAsked(answer, turn.asker.person, access);
  context.log.info(
    {
      decision: answer.kind,
      request: answer.requestId,
      by: turn.asker.person.aadObjectId,
      outcome: outcome.kind,
    },
    'decision answered',
  );
  if (outcome.kind === 'refused') return turn.reply(say(outcome.sentence));
  if (outcome.kind === 'beyond') {
    return turn.reply(say(`${outcome.sentence} ${await others(turn, outcome.askedBy)}`.trim()));
  }
  // An old client's answer stands in the thread for everybody: also for those who may see fewer users.
  if (!turn.answersAlone && !context.channelShowsNames) return turn.reply(say(inTheOpen(outcome)));
  const { card, summary } = await cardOf(outcome, turn, context);
  await turn.reply(showCard(card, summary));
}

type Shown = Exclude<AskedOutcome, { kind: 'refused' | 'beyond' }>;

async function cardOf(
  outcome: Shown,
  turn: ActionTurn,
  context: BotContext,
): Promise<{ card: AdaptiveCard; summary: string }> {
  const times = timesIn(turn.asker.timeZone, context.timeZone);
  switch (outcome.kind) {
    case 'accepted':
      return { card: licenseChangedCard(outcome, times, outcome.second), summary: outcome.sentence };
    case 'shown': {
      const key = turn.answersAlone ? pressedKey(turn) : null;
      const { view, notice } = outcome;
      return { card: askedToConfirmCard(view, { key, notice, times }), summary: 'Needs a second operator' };
    }
    case 'own': {
      const { view, channel } = outcome;
      const notice = `${OWN} ${await others(turn, view.by.name)}`.trim();
      return { card: askedOwnCard(view, { channel, notice, times }), summary: 'Waits for a second operator' };
    }
    case 'ended':
      return {
        card: endedCard(outcome.view, times),
        summary: `${outcome.view.by.name} asked to ${outcome.view.what}`,
      };
  }
}

const OWN = 'You asked for this yourself, so another operator has to confirm it.';

/** The operators here who can answer: all but the asker. */
const others = async (turn: ActionTurn, askedBy: string): Promise<string> =>
  operatorsInWords((await turn.operatorsHere()).filter((name) => name !== askedBy));

/** What is said where others read it too. */
function inTheOpen({ kind }: Shown): string {
  switch (kind) {
    case 'accepted':
      return 'Confirmed. Ask me in our personal chat what came of it.';
    case 'shown':
      return 'I can’t show the plan here, as others would read it. Update Teams, or ask me in our personal chat.';
    case 'own':
      return OWN;
    case 'ended':
      return 'This request waits no more; its card says how it ended.';
  }
}
