import { helpCard } from '../cards/welcome.ts';
import { showCard } from '../turn.ts';
import type { Command } from './command.ts';

export const help: Command = {
  title: 'Help',
  description: 'What you can ask me',
  example: 'Help',
  inMenu: true,
  intents: ['help'],
  requests: [],
  async run(_answer, _turn, { commands }, { role }) {
    return showCard(helpCard(commands, role), 'What you can ask License Watch');
  },
};
