import { askFirst } from './ask-first.ts';
import type { Command } from './command.ts';

export const beQuiet: Command = {
  title: 'Snooze',
  description: 'No alerts about a person, product or group for a while; “unsnooze” ends it',
  example: 'Snooze Visio until Friday: known migration',
  inMenu: false,
  intents: ['snooze', 'wake'],
  requests: ['snooze', 'wake'],
  run: askFirst,
};
