import type { DecisionRequest } from '../../domain/incident/decision.ts';
import type { IncidentView } from '../../domain/incident/view.ts';
import type { BotContext } from '../bot-context.ts';
import { incidentCard } from '../cards/incident.ts';
import { timesIn } from '../cards/times.ts';
import { type ActionTurn, say, showCard } from '../turn.ts';

/**
 * Takes a decision and answers with the incident as it is now, so that a second click, or somebody who was
 * slower than a colleague, sees what stands.
 */
export async function decideAndShow(
  request: DecisionRequest,
  turn: ActionTurn,
  context: BotContext,
): Promise<void> {
  const outcome = await context.services.decide(request, turn.asker.person);
  context.log.info(
    {
      decision: request.kind,
      incident: request.incidentId,
      by: turn.asker.person.aadObjectId,
      outcome: outcome.kind,
    },
    'decision answered',
  );
  if (outcome.kind === 'accepted') return showIncident(outcome.view, null, turn, context);
  if (outcome.view === null) return turn.reply(say(outcome.reason));
  await showIncident(outcome.view, outcome.reason, turn, context);
}

/** @param notice a sentence to the person who clicked; null when the card says it all */
export async function showIncident(
  view: IncidentView,
  notice: string | null,
  turn: ActionTurn,
  context: BotContext,
): Promise<void> {
  const times = timesIn(turn.asker.timeZone, context.timeZone);
  await turn.reply(showCard(incidentCard({ view, times, key: null, notice }), view.title));
}
