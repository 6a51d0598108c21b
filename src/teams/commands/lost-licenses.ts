import type { Command } from './command.ts';
import { showAnswer } from './show-answer.ts';

export const lostLicenses: Command = {
  title: 'Lost licenses',
  description: 'Who lost a license lately',
  example: 'Who lost a license this week?',
  inMenu: true,
  intents: ['lost-licenses'],
  requests: [],
  run: showAnswer,
};
