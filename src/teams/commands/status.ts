import type { Command } from './command.ts';
import { showAnswer } from './show-answer.ts';

export const status: Command = {
  title: 'Status',
  description: 'When I last read the tenant and the logs, and what waits or fails',
  example: 'Status',
  inMenu: true,
  intents: ['status', 'coverage'],
  requests: [],
  run: showAnswer,
};
