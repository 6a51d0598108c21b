import { z } from 'zod';
import { supportCaseRequest } from '../../answers/answer/export-request.ts';
import type { IncidentView } from '../../domain/incident-view/view.ts';
import type { BotContext } from '../bot-context.ts';
import { takesFiles } from '../files/takes-files.ts';
import { type ActionTurn, say } from '../turn.ts';
import { UNKNOWN_INCIDENT } from './answer-with-card.ts';
import { cardAction, Id } from './card-action.ts';

/**
 * The evidence of an incident for a case at Microsoft's support, as a file, of the users that the presser may see. Where
 * Teams takes no files, says where the same can be had.
 */
export const supportCase = cardAction({
  verb: 'support-case',
  role: 'reader',
  Data: z.object({ incidentId: Id }),
  misfit: 'I cannot read which incident you mean. Please use the buttons of the newest card.',
  async run({ incidentId }, turn, context, access) {
    const view = await context.services.incident(incidentId, access);
    if (view === null) return turn.reply(say(UNKNOWN_INCIDENT));
    if (!takesFiles(turn, context)) return turn.reply(say(elsewhere(view, turn, context)));
    const request = supportCaseRequest(incidentId, context.now());
    await turn.post(await context.files.offer(request, turn, access));
    await turn.reply(say('Answered below.'));
  },
});

function elsewhere(
  view: IncidentView,
  turn: ActionTurn,
  { filesFromBots, channelShowsNames }: BotContext,
): string {
  if (!filesFromBots) {
    return `Teams takes no files from bots in this cloud. In a terminal, “license-watch export support-case --incident ${view.incidentId}” writes it.`;
  }
  const mayName = turn.answersAlone || channelShowsNames;
  const [user] = view.users;
  const sentence =
    mayName && user ? `make a support case for ${user.userPrincipalName}` : 'make a support case';
  return `I can send files only in the personal chat: Teams takes them from bots nowhere else. Say there: “${sentence}”.`;
}
