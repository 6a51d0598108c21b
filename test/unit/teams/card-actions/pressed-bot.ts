import { afterAll, beforeAll, beforeEach } from 'vitest';
import { anIncidentView } from '../../../builders/incident/incident-view.ts';
import { BotUnderTest, MEGAN } from '../bot-under-test.ts';

export const INCIDENT = anIncidentView().incidentId;
export const USER = '5f3c0a10-0000-4000-8000-000000000001';

/** A bot whose buttons are pressed: each test begins with Megan an operator, and nothing decided. */
export function aPressedBot(): BotUnderTest {
  const bot = new BotUnderTest();
  beforeAll(() => bot.start());
  afterAll(() => bot.stop());
  beforeEach(() => {
    bot.services.decided.length = 0;
    bot.services.stood.length = 0;
    bot.services.licensesChanged.length = 0;
    bot.services.licensesUndone.length = 0;
    bot.services.scopes.clear();
    bot.services.viewers.length = 0;
    bot.connector.delivered.length = 0;
    bot.services.roles.set(MEGAN, 'operator');
    bot.services.outcome = () => ({ kind: 'accepted', view: anIncidentView({ status: 'approved' }) });
    bot.services.incidents.set(INCIDENT, anIncidentView());
  });
  return bot;
}
