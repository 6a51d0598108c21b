import { answerCard } from '../cards/answer.ts';
import { incidentCard } from '../cards/incident.ts';
import { timesIn } from '../cards/times.ts';
import { showCard } from '../turn.ts';
import type { Command } from './command.ts';

/** Shows what was found: the answer's card, or the card of the incident that it is about. */
export const showAnswer: Command['run'] = async (answer, turn, context) => {
  const times = timesIn(turn.asker.timeZone, context.timeZone);
  if (answer.request?.kind === 'show-incident') {
    const { incident } = answer.request;
    return showCard(incidentCard({ view: incident, times, key: null, notice: null }), incident.title);
  }
  return showCard(answerCard(answer, times), answer.lead);
};
