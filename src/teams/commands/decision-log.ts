import type { Command } from './command.ts';
import { showAnswer } from './show-answer.ts';

export const decisionLog: Command = {
  title: 'Decision log',
  description: 'Who decided what, when and why, and what became of it',
  example: 'What did the bot do last week?',
  inMenu: true,
  intents: ['decisions'],
  requests: [],
  run: showAnswer,
};
