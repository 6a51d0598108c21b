import type { Access } from '../../domain/access/access.ts';
import type { SuppressionRequest } from '../../domain/incident/decision.ts';
import type { BotContext } from '../bot-context.ts';
import { standingCard } from '../cards/suppression.ts';
import { timesIn } from '../cards/times.ts';
import { type ActionTurn, showCard } from '../turn.ts';

/** Changes a rule, a snooze or a mark, and puts what became of it in the place of the card that asked. */
export async function changeAndShow(
  request: SuppressionRequest,
  turn: ActionTurn,
  context: BotContext,
  access: Access,
): Promise<void> {
  const { person } = turn.asker;
  const { kind, sentence } = await context.services.changeSuppression(request, person, access);
  context.log.info(
    { decision: request.kind, by: person.aadObjectId, outcome: kind },
    'standing decision answered',
  );
  if (kind === 'refused') return turn.reply(showCard(standingCard(sentence, null), sentence));
  const times = timesIn(turn.asker.timeZone, context.timeZone);
  const told = 'until' in request ? `${sentence} until ${times.dateTime(request.until)}.` : sentence;
  await turn.reply(showCard(standingCard(told, oppositeOf(request)), told));
}

/** What takes a request back; null where that needs more than was asked with it. */
function oppositeOf(request: SuppressionRequest): SuppressionRequest | null {
  switch (request.kind) {
    case 'watch':
      return { kind: 'unwatch', subject: request.subject };
    case 'unwatch':
      return { kind: 'watch', subject: request.subject };
    case 'snooze':
    case 'wake':
    case 'end-rule':
    case 'extend-rule':
      return null;
  }
}
