import { type Access, isAtLeast } from '../../domain/access/access.ts';
import type { DecisionRequest } from '../../domain/incident/decision.ts';
import type { IncidentView } from '../../domain/incident-view/view.ts';
import type { BotContext } from '../bot-context.ts';
import { incidentCard } from '../cards/incident/card.ts';
import { actsOnAll, allowedTo, type Form } from '../cards/incident/viewer.ts';
import { timesIn } from '../cards/times.ts';
import { operatorsInWords } from '../middleware/authorize.ts';
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
  if (outcome.kind === 'accepted') return showIncident(outcome.view, {}, turn, context, access);
  if (outcome.view === null) return turn.reply(say(outcome.reason));
  const open = outcome.showPlan && isPlanForm(request.kind) ? request.kind : null;
  await showIncident(outcome.view, { notice: outcome.reason, open }, turn, context, access);
}

/** The forms that show a plan. */
const isPlanForm = (kind: DecisionRequest['kind']): kind is 'reassign' | 'confirm' =>
  kind === 'reassign' || kind === 'confirm';

/** How the card is shown: what is said to the person, and which form is open. */
export type Showing = { notice?: string | null; open?: Form | null; choosing?: boolean };

/** Answers with the incident as it is now, without a decision. */
export async function showAsItIs(
  incidentId: string,
  showing: Showing,
  turn: ActionTurn,
  context: BotContext,
  access: Access,
): Promise<void> {
  const view = await context.services.incident(incidentId, access);
  if (view) return showIncident(view, showing, turn, context, access);
  await turn.reply(say(UNKNOWN_INCIDENT));
}

export const UNKNOWN_INCIDENT = 'I don’t know this incident, or it concerns none of the users you can see.';

/**
 * Opens a form in the card of an operator who pressed its button on the card in the channel. Whoever may not use it is
 * answered by who may; where it is too late for it, by the card as it is.
 */
export async function openForm(
  incidentId: string,
  form: Form,
  turn: ActionTurn,
  context: BotContext,
  access: Access,
): Promise<void> {
  const view = await context.services.incident(incidentId, access);
  if (!view) return turn.reply(say(UNKNOWN_INCIDENT));
  const { aadObjectId } = turn.asker.person;
  if (allowedTo({ aadObjectId, access }, view)[form]) {
    return showIncident(view, { open: form }, turn, context, access);
  }
  if (form === 'confirm' && view.request?.by.aadObjectId === aadObjectId) {
    return showIncident(view, { notice: await ownRequest(turn) }, turn, context, access);
  }
  if (allowedTo(null, view)[form] && !actsOnAll(access.acts, view)) {
    return turn.reply(say(`${BEYOND} ${operatorsInWords(await turn.operatorsHere())}`.trim()));
  }
  await showIncident(view, { notice: TOO_LATE }, turn, context, access);
}

const BEYOND = 'This concerns users outside your administrative units.';
const TOO_LATE = 'That’s no longer possible. This is how it stands now.';

const ownRequest = async (turn: ActionTurn): Promise<string> =>
  `You asked for this yourself, so another operator has to confirm it. ${operatorsInWords(await turn.operatorsHere())}`.trim();

/** Answers with the card for the person who clicked: their buttons, their users, their time zone. */
async function showIncident(
  view: IncidentView,
  { notice = null, open = null, choosing = false }: Showing,
  turn: ActionTurn,
  context: BotContext,
  access: Access,
): Promise<void> {
  // An old client's answer stands in the thread for everybody: also for those who may see fewer users.
  if (!turn.answersAlone && !context.channelShowsNames) {
    return turn.reply(say([notice, READ_BY_ALL].filter((sentence) => sentence !== null).join(' ')));
  }
  // The person who decides goes on seeing their own card when the one in the channel is edited.
  if (turn.conversation.kind === 'channel' && isAtLeast(access.role, 'operator')) {
    context.pressers.note(view.incidentId, turn.teamsUserId);
  }
  const card = incidentCard({
    view,
    viewer: { aadObjectId: turn.asker.person.aadObjectId, access },
    times: timesIn(turn.asker.timeZone, context.timeZone),
    // In the place of the pressed card; what stands in the thread is a message of its own.
    key: turn.answersAlone ? pressedKey(turn) : null,
    notice,
    open,
    choosing,
    portals: context.portals,
    secondAbove: context.secondAbove,
    refreshFor: [turn.teamsUserId],
  });
  await turn.reply(showCard(card, view.title));
}

const READ_BY_ALL =
  'I can’t show your own card here, as others would read it. Ask me for it in our personal chat; the card in the channel shows how it stands.';
