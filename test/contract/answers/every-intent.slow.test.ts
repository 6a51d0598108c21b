import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_PAGE } from '../../../src/answers/answer/paging.ts';
import { type Asked, createAskWithQuery, type PageAsked } from '../../../src/answers/ask.ts';
import { loadIncidentView } from '../../../src/answers/incident.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { INTENT_NAMES } from '../../../src/language/facts.ts';
import { answerCard } from '../../../src/teams/cards/answer.ts';
import { timesIn } from '../../../src/teams/cards/times.ts';
import { anEmptyStore } from '../../builders/storage/store-in-memory.ts';
import { aWatchedTenant, NOW } from '../../unit/answers/a-watched-tenant.ts';
import { ONE_OF_EACH } from '../../unit/answers/one-of-each.ts';
import { problemsOf } from '../../unit/teams/cards/check-card.ts';
import { aLargeTenant } from './large-tenant.ts';

const USERS = 200_000;

const TIMES = timesIn('Europe/Amsterdam', 'UTC');
/** Sentences beside one of each intent, whose lists are long, reach back far, or concern one of very many. */
const MORE = [
  'licenses of Noor Number70',
  'history of Noor Number70',
  'who changed the license of Noor Number70',
  'what did Noor Number70 do last year',
  'history of Adele last year',
  'lost licenses last year',
  'who lost E3 this month',
  'who has E3 or Visio',
  'how many Visio seats are left',
  'license errors in LIC-M365-E3',
  'open incidents of Adele',
  'decisions last year',
];

type Ask = (text: string, asked?: PageAsked) => Promise<Asked>;

const askOf = (store: Store): Ask => {
  const ask = createAskWithQuery({
    store,
    now: () => NOW,
    timeZone: 'Europe/Amsterdam',
    incidentView: (id, viewer) => loadIncidentView(store, id, { now: NOW, ...viewer }),
  });
  return (text, asked) => ask(text, { userId: null, timeZone: null, sees: null, acts: null }, asked);
};

describe.each<[string, (folder: string) => Promise<Store>]>([
  ['an empty store', anEmptyStore],
  ['a small tenant', aWatchedTenant],
  [
    `a tenant of ${USERS.toLocaleString('en')} users`,
    (folder) => aLargeTenant(path.join(folder, 'large.db'), USERS),
  ],
])('on %s', (_name, open) => {
  let folder = '';
  let store: Store;
  let ask: Ask;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'license-watch-'));
    store = await open(folder);
    ask = askOf(store);
    // The names are read once after each scan; every answer but the first has them.
    await ask('status');
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([...ONE_OF_EACH, ...MORE])('“%s” is answered with a card that Teams takes', async (text) => {
    const { query, answer } = await ask(text);
    const card = answerCard(answer, TIMES);
    expect(answer.intent).toBe(query.intent);
    expect(answer.lead).toMatch(/[.?]$/);
    expect(problemsOf(card)).toEqual([]);
  });

  it('every page of a list is there, to its last', async () => {
    for (const text of [
      'who has E3',
      'lost licenses',
      'license errors',
      'duplicate licenses',
      'licensed guests',
    ]) {
      const { answer, query } = await ask(text);
      const pages = answer.paging?.pages ?? 1;
      const page = { ...FIRST_PAGE, number: pages };
      const { answer: last } = await ask(text, { page, query });
      expect(last.paging?.page ?? 1, text).toBe(pages);
      expect(problemsOf(answerCard(last, TIMES))).toEqual([]);
    }
  });
});

it('leaves out no intent', async () => {
  const store = await aWatchedTenant();
  const ask = askOf(store);
  const intents = new Set<string>();
  for (const text of ONE_OF_EACH) intents.add((await ask(text)).query.intent);
  await store.close();
  expect([...intents].toSorted()).toEqual([...INTENT_NAMES].toSorted());
});
