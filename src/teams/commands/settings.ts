import { settingsAskedCard } from '../cards/settings.ts';
import { showCard } from '../turn.ts';
import type { Command } from './command.ts';
import { showAnswer } from './show-answer.ts';

/** What is set, by whom, and what waits for a second owner. */
export const settings: Command = {
  title: 'Settings',
  description: 'What is set, who set it, and how an owner changes it',
  example: 'Settings',
  inMenu: false,
  intents: ['settings'],
  requests: [],
  run: showAnswer,
};

/** Shows what would change, with the button that does it: words alone change nothing. */
export const setSetting: Command = {
  title: 'Change a setting',
  description: 'Roles, quiet hours, retention, prices, names of products: shown first, and can be taken back',
  example: 'Set quiet hours to 22:00-07:00',
  inMenu: false,
  founders: true,
  intents: ['set-setting'],
  requests: ['set-settings'],
  async run(answer, turn, context, access) {
    if (answer.request?.kind !== 'set-settings') return showAnswer(answer, turn, context, access);
    const { asked, sentence } = answer.request;
    return showCard(settingsAskedCard(asked, sentence, answer.lead), sentence);
  },
};
