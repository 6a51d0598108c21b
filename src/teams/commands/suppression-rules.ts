import type { Command } from './command.ts';
import { showAnswer } from './show-answer.ts';

export const standingRules: Command = {
  title: 'Standing rules',
  description: 'Which changes are expected, until when, who said so, and how often that hid an alert',
  example: 'Show standing rules',
  inMenu: true,
  intents: ['rules'],
  requests: [],
  run: showAnswer,
};
