import { askFirst } from './ask-first.ts';
import type { Command } from './command.ts';

export const changeRule: Command = {
  title: 'End or extend a rule',
  description: 'Ends a standing rule before its time, or gives it a later end',
  example: 'End rule 2',
  inMenu: false,
  intents: ['end-rule', 'extend-rule'],
  requests: ['end-rule', 'extend-rule'],
  run: askFirst,
};
