import type { Command } from './command.ts';
import { showAnswer } from './show-answer.ts';

export const history: Command = {
  title: 'License history of a person',
  description: 'Every license somebody got or lost, from the first snapshot on',
  example: 'History of Adele Vance',
  inMenu: true,
  intents: ['history'],
  requests: [],
  run: showAnswer,
};
