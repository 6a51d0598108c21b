import type { OutgoingMessage } from '../../../src/domain/ports.ts';
import { anIncidentView } from '../../builders/incident/incident-view.ts';
import { BotUnderTest, CHANNEL } from './bot-under-test.ts';

export const target = { key: CHANNEL, name: 'License alerts' };
export const incident: Extract<OutgoingMessage, { kind: 'incident' }> = {
  kind: 'incident',
  key: 'incident:7d9a',
  view: anIncidentView(),
  mention: null,
};

/** A bot that knows the channel, and has not said anything yet. */
export async function aNotifyingBot(): Promise<BotUnderTest> {
  const bot = new BotUnderTest();
  await bot.start();
  await bot.send({ text: 'status' });
  bot.connector.delivered.length = 0;
  return bot;
}
