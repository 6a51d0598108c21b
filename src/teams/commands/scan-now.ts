import { say } from '../turn.ts';
import type { Command } from './command.ts';

export const scanNow: Command = {
  title: 'Scan now',
  description: 'Read the tenant now instead of at the next scheduled time',
  example: 'Scan now',
  inMenu: true,
  intents: ['scan'],
  requests: ['scan'],
  role: 'operator',
  async run(_answer, _turn, { services }) {
    const outcome = await services.requestScan();
    return say(
      outcome === 'started'
        ? 'I am reading the tenant now. What has changed will stand in the alerts channel.'
        : 'I am reading the tenant already. What has changed will stand in the alerts channel.',
    );
  },
};
