import { askFirst } from './ask-first.ts';
import type { Command } from './command.ts';

export const watch: Command = {
  title: 'Keep an eye on somebody',
  description: 'Losses of this person or group are told at once, and mention who is on call',
  example: 'Keep an eye on Adele Vance',
  inMenu: false,
  intents: ['watch', 'unwatch'],
  requests: ['watch', 'unwatch'],
  role: 'operator',
  run: askFirst,
};
