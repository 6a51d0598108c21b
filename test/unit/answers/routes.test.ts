import { expect, it } from 'vitest';
import { FIRST_PAGE } from '../../../src/answers/answer/paging.ts';
import type { AskDeps } from '../../../src/answers/ask.ts';
import { createAsk } from '../../../src/answers/ask.ts';
import { aChannel, routesFrom } from '../../builders/jobs/job-context.ts';
import { anEmptyStore } from '../../builders/storage/store-in-memory.ts';

const NIGHT = Date.parse('2026-12-01T23:00:00Z');
const BY = { userId: null, timeZone: 'UTC', sees: null, acts: null };

async function asked(routing: AskDeps['routing'], channels = [aChannel()]) {
  const store = await anEmptyStore();
  for (const channel of channels) await store.conversations.upsert(channel);
  const ask = createAsk({
    store,
    now: () => NIGHT,
    timeZone: 'UTC',
    incidentView: async () => null,
    ...(routing ? { routing } : {}),
  });
  const answer = await ask('where do alerts go', BY, { page: FIRST_PAGE, intent: 'routes' });
  await store.close();
  return answer;
}

const with_ =
  (yaml: string | null, over = {}, file: string | null = 'routes.yml') =>
  async () => {
    const now = await routesFrom(yaml, over).current();
    return { routes: { ...now, file, using: 'file' as const }, escalateAfterMs: 30 * 60_000 };
  };

const QUIET = { quiet: [{ days: [1, 2, 3, 4, 5, 6, 7], from: 22 * 60, to: 7 * 60 }] };

it('says the tree in words, with what it calls and when it waits', async () => {
  const yaml = `
people: { night: { tag: MjQ, name: Security on call } }
route:
  routes:
    - match: { class: roles }
      channel: Security
      mention: night
      routes: [{ match: { level: critical }, channel: War room, quiet_hours: none }]`;
  const channels = [aChannel(), aChannel('19:s', 'Security'), aChannel('19:w', 'War room')];
  expect(await asked(with_(yaml, QUIET), channels)).toMatchObject({
    intent: 'routes',
    lead: 'Alerts go by the routes of routes.yml: the first that fits takes them. What no route takes goes to License alerts, the channel that is set in chat, where the file names no other.',
    blocks: [
      {
        kind: 'table',
        columns: ['What', 'Where', 'How'],
        rows: [
          [
            'Class roles',
            'Security',
            'mentions Security on call; quiet 22:00–07:00 (UTC), high and above and mass losses break through; low in the digest',
          ],
          ['Class roles → level critical', 'War room', 'low in the digest'],
          [
            'Everything else',
            'License alerts (the channel that is set in chat)',
            'quiet 22:00–07:00 (UTC), high and above and mass losses break through; low in the digest',
          ],
        ],
      },
      {
        kind: 'facts',
        facts: [
          { label: 'Quiet now', value: expect.stringContaining('critical alerts always break through') },
          { label: 'Without a reaction', value: 'the person on call is mentioned after 30 minutes' },
        ],
      },
    ],
  });
});

it('says which channel it is without a file', async () => {
  const answer = await asked(with_(null, {}, null));
  expect(answer.lead).toBe('Alerts go to License alerts, the channel that is set in chat.');
});

it('says what is wrong with a route', async () => {
  const answer = await asked(with_('route: { channel: Nowhere to be found }'));
  expect(answer.blocks[0]).toMatchObject({
    kind: 'text',
    text: expect.stringContaining('I am in no channel “Nowhere to be found”'),
  });
});

it('says that they go nowhere yet', async () => {
  expect((await asked(with_(null, {}, null), [])).lead).toContain('Alerts go nowhere yet');
});

it('says what it knows where only the database is there', async () => {
  expect((await asked(undefined)).lead).toBe(
    'Alerts go to License alerts, the channel that is set in chat. Which routes there are only the running bot knows.',
  );
});
