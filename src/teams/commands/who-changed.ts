import type { Command } from './command.ts';
import { showAnswer } from './show-answer.ts';

export const whoChanged: Command = {
  title: 'Who changed a license',
  description: "Who changed somebody's license, when and why, with the evidence",
  example: "Who changed Rick's license?",
  inMenu: true,
  intents: ['who-changed'],
  requests: [],
  run: showAnswer,
};
