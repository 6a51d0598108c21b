import type { Command } from './command.ts';
import { showAnswer } from './show-answer.ts';

export const openIncidents: Command = {
  title: 'Open incidents',
  description: 'The incidents that wait for a decision',
  example: 'Open incidents',
  inMenu: true,
  intents: ['incidents'],
  requests: [],
  run: showAnswer,
};
