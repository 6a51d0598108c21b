import { type Answer, textsOf } from '../../answers/answer/answer.ts';
import type { IncidentView } from '../../domain/incident-view/view.ts';
import { breathe } from '../../event-loop/breath.ts';
import { answerCard } from '../cards/answer.ts';
import { incidentCard } from '../cards/incident/card.ts';
import { timesIn } from '../cards/times.ts';
import { takesFiles } from '../files/takes-files.ts';
import { showCard } from '../turn.ts';
import type { Command } from './command.ts';

/** Shows what was found: the answer's card, or the card of the incident that it is about. */
export const showAnswer: Command['run'] = async (answer, turn, context, access) => {
  // To fill a long card takes as long as a share of the thread.
  await breathe();
  const times = timesIn(turn.asker.timeZone, context.timeZone);
  if (answer.request?.kind === 'show-incident') {
    const { incident } = answer.request;
    // What others read as well has the buttons that ask who presses, and show each their own card.
    const { aadObjectId } = turn.asker.person;
    const viewer = turn.conversation.kind === 'personal' ? { aadObjectId, access } : null;
    return showCard(
      incidentCard({
        view: incident,
        viewer,
        times,
        key: null,
        notice: noticeOf(answer, incident),
        portals: context.portals,
        secondAbove: context.secondAbove,
      }),
      incident.title,
    );
  }
  return showCard(answerCard(answer, times, takesFiles(turn, context)), answer.lead);
};

/** What the card does not say of itself: how the question was read, and what was left out of it. */
function noticeOf(answer: Answer, { status, can }: IncidentView): string | null {
  const isApproved = answer.intent === 'reassign' && status === 'approved' && can.reassign;
  const said = [
    ...(answer.reading ? [answer.reading] : []),
    ...textsOf(answer),
    ...(isApproved ? ['This was approved. Reassign gives it back, and that takes the approval back.'] : []),
  ];
  return said.length === 0 ? null : said.join(' ');
}
