import type { Command } from './command.ts';
import { showAnswer } from './show-answer.ts';

export const userLicenses: Command = {
  title: 'Licenses of a person',
  description: 'What somebody has now, directly or through groups, and what is switched off',
  example: 'Licenses of Adele Vance',
  inMenu: true,
  intents: ['user-licenses'],
  requests: [],
  run: showAnswer,
};
