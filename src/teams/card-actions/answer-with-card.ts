import type { Access } from '../../domain/access/access.ts';
import type { DecisionRequest } from '../../domain/incident/decision.ts';
import type { IncidentView } from '../../domain/incident/view.ts';
import type { BotContext } from '../bot-context.ts';
import { incidentCard } from '../cards/incident.ts';
import { timesIn } from '../cards/times.ts';
import { type ActionTurn, say, showCard } from '../turn.ts';
import { pressedKey } from './pressed-card.ts';

/**
 * Takes a decision and answers with the incident as it is now, so that a second click, or somebody who was
 * slower than a colleague, sees what stands.
 */
export async function decideAndShow(
  request: DecisionRequest,
  turn: ActionTurn,
  context: BotContext,
  access: Access,
): Promise<void> {
  const outcome = await context.services.decide(request, turn.asker.person, access);
  context.log.info(
    {
      decision: request.kind,
      incident: request.incidentId,
      by: turn.asker.person.aadObjectId,
      outcome: outcome.kind,
    },
    'decision answered',
  );
  if (outcome.kind === 'accepted') return showIncident(outcome.view, null, turn, context, access);
  if (outcome.view === null) return turn.reply(say(outcome.reason));
  await showIncident(outcome.view, outcome.reason, turn, context, access);
}

/** Answers with the incident as it is now, without a decision; `notice` as for `showIncident`. */
export async function showAsItIs(
  incidentId: string,
  notice: string | null,
  turn: ActionTurn,
  context: BotContext,
  access: Access,
): Promise<void> {
  const view = await context.services.incident(incidentId, access);
  if (view) return showIncident(view, notice, turn, context, access);
  await turn.reply(say('I do not know this incident, or it is about none of the users whom you may see.'));
}

/**
 * Answers with the card for the person who clicked: their buttons, their users, their time zone.
 * @param notice a sentence to the person who clicked; null when the card says it all
 */
async function showIncident(
  view: IncidentView,
  notice: string | null,
  turn: ActionTurn,
  context: BotContext,
  access: Access,
): Promise<void> {
  // An old client's answer stands in the thread for everybody: also for those who may see fewer users.
  if (!turn.answersAlone && !context.channelShowsNames) {
    return turn.reply(say([notice, READ_BY_ALL].filter((sentence) => sentence !== null).join(' ')));
  }
  const card = incidentCard({
    view,
    viewer: { aadObjectId: turn.asker.person.aadObjectId, access },
    times: timesIn(turn.asker.timeZone, context.timeZone),
    // In the place of the pressed card; what stands in the thread is a message of its own.
    key: turn.answersAlone ? pressedKey(turn) : null,
    notice,
    refreshFor: [turn.teamsUserId],
  });
  await turn.reply(showCard(card, view.title));
}

const READ_BY_ALL =
  'Your own card cannot be shown here, as others would read it. Ask me for it in a private chat; the card in the channel shows how it stands.';
