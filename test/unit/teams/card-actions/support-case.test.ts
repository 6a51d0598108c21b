import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportRequest } from '../../../../src/answers/answer/export-request.ts';
import { anIncidentView } from '../../../builders/incident/incident-view.ts';
import { MEGAN, NOW } from '../bot-under-test.ts';
import { elementsOf } from '../cards/check-card.ts';
import { render } from '../cards/rendered-incident.ts';
import { aPressedBot, INCIDENT } from './pressed-bot.ts';

const bot = aPressedBot();
bot.uploads = { accepts: () => true, put: async () => ({ ok: true }) };
const asked: ExportRequest[] = [];
const upn = anIncidentView().users[0]?.userPrincipalName ?? '';
const press = (where: Record<string, unknown> = {}, incidentId = INCIDENT) =>
  bot.press('support-case', { incidentId, cardKey: 'incident:x' }, where);

let before: typeof bot.services.exported;
beforeEach(() => {
  asked.length = 0;
  before = bot.services.exported;
  bot.services.exported = (request) => {
    asked.push(request);
    return {
      name: 'support-case.ndjson',
      async *lines() {
        yield { text: '{"part":"incident"}\n', rows: 1 };
      },
    };
  };
});
afterEach(() => {
  bot.services.exported = before;
});

describe('“Support case” in the details of an incident', () => {
  it('stands on the card that it is about', () => {
    const buttons = elementsOf(render({})).filter(
      ({ type, verb }) => type === 'Action.Execute' && verb === 'support-case',
    );
    expect(buttons).toMatchObject([{ title: 'Support case', data: { incidentId: INCIDENT } }]);
  });

  it.each(['reader', 'operator'] as const)(
    'offers the file of this incident to a %s in the personal chat',
    async (role) => {
      bot.services.roles.set(MEGAN, role);
      await press(bot.personal());
      expect(asked).toMatchObject([
        { intent: 'support-case', incidentId: INCIDENT, range: { from: 0, to: NOW + 1 } },
      ]);
      expect(JSON.stringify(bot.connector.delivered)).toContain('support-case.ndjson');
    },
  );

  it('says in a channel where to ask, to the presser alone, and makes no file', async () => {
    const { body } = await press();
    expect(body?.value).toContain(`Say there: “make a support case for ${upn}”.`);
    expect(bot.connector.delivered).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('says the command where the cloud’s Teams takes no files', async () => {
    bot.filesFromBots = false;
    await bot.stop();
    await bot.start();
    const { body } = await press(bot.personal());
    bot.filesFromBots = true;
    expect(body?.value).toContain(`license-watch export support-case --incident ${INCIDENT}`);
  });

  it('makes none of an incident that nobody knows, and none for somebody without a role', async () => {
    expect((await press(bot.personal(), 'incident-of-others')).body?.value).toMatch(
      /I don’t know this incident/,
    );
    bot.services.roles.set(MEGAN, 'none');
    await press(bot.personal());
    expect(asked).toEqual([]);
  });
});
