import { askFirst } from './ask-first.ts';
import type { Command } from './command.ts';

export const watch: Command = {
  title: 'Keep an eye on somebody',
  description: 'Alerts right away when this person or group loses a license, and mentions on-call',
  example: 'Keep an eye on Adele Vance',
  inMenu: false,
  intents: ['watch', 'unwatch'],
  requests: ['watch', 'unwatch'],
  run: askFirst,
};
