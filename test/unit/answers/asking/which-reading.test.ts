import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src/answers/answer/answer.ts';
import { isExportIntent } from '../../../../src/answers/answer/export-request.ts';
import { FIRST_PAGE } from '../../../../src/answers/answer/paging.ts';
import { createAskWithQuery } from '../../../../src/answers/ask.ts';
import type { Interpret } from '../../../../src/answers/interpret.ts';
import { readingChosen, readingsOf } from '../../../../src/answers/which-reading.ts';
import type { Store } from '../../../../src/domain/ports.ts';
import { understand } from '../../../../src/language/conversation/understand.ts';
import { INTENT_NAMES, isAbout, isBare, writes } from '../../../../src/language/facts.ts';
import { indexDirectory } from '../../../../src/language/names/directory-index.ts';
import type { Intent, UnderstandContext } from '../../../../src/language/query.ts';
import { aQuery } from '../../../builders/query.ts';
import { anUnclearSentence } from '../../../builders/unclear-sentence.ts';
import { aWatchedTenant, NOW, PEOPLE, TENANT } from '../a-watched-tenant.ts';

const context: UnderstandContext = {
  directory: {
    people: PEOPLE.map(({ id, displayName, givenName, surname, userPrincipalName, mail }) => ({
      id,
      displayName,
      givenName,
      surname,
      userPrincipalName,
      mail,
      formerNames: [],
    })),
    skus: TENANT.skus.map(({ skuId, partNumber }) => ({ skuId, partNumber, displayName: partNumber })),
    groups: [],
  },
  now: NOW,
  timeZone: 'UTC',
  asker: null,
};
const index = indexDirectory(context.directory);
/** What names Rick in its answer, and is not carried out. */
const isQuestion = (intent: Intent): boolean =>
  !writes(intent) && isAbout(intent, 'people') && intent !== 'export';
const UNCLEAR = anUnclearSentence(context, isQuestion);

let store: Store;
beforeAll(async () => {
  store = await aWatchedTenant();
});
afterAll(() => store.close());

/** A conversation with the bot. */
function conversation(interpret?: Interpret) {
  const clock = { now: NOW };
  const ask = createAskWithQuery({
    store,
    now: () => clock.now,
    timeZone: 'UTC',
    incidentView: async () => null,
    ...(interpret ? { interpret } : {}),
  });
  const say = (text: string, userId = 'megan', intent?: Intent) =>
    ask(
      text,
      { userId, timeZone: null, sees: null, acts: null, conversation: 'chat' },
      { page: FIRST_PAGE, ...(intent ? { intent } : {}) },
    );
  return { say, clock };
}

const offeredIn = ({ blocks }: Answer) =>
  blocks.flatMap((block) => (block.kind === 'readings' ? block.readings : []));

describe('a sentence that may be taken for several things', () => {
  it('is not answered but asked about, with its readings in words', async () => {
    const { query, answer } = await conversation().say(UNCLEAR);
    expect(answer).toMatchObject({ lead: 'Did you mean …?', request: null, completeUntil: null });
    expect(answer.blocks.map(({ kind }) => kind)).toEqual(['readings']);
    expect(offeredIn(answer).map(({ intent }) => intent)).toEqual(query.ask);
    for (const { label } of offeredIn(answer)) expect(label).toContain('Rick van Oosterhout');
  });

  it.each([
    ['1', 0],
    ['2', 1],
    ['the second one', 1],
    ['the first one please', 0],
    ['last', -1],
  ])('goes on with the one that “%s” names', async (typed, place) => {
    const { say } = conversation();
    const offered = offeredIn((await say(UNCLEAR)).answer);
    const { query, answer } = await say(typed);
    expect(query).toMatchObject({ intent: offered.at(place)?.intent, people: ['rick'] });
    expect(query.ask).toBeUndefined();
    expect(offeredIn(answer)).toEqual([]);
    expect(answer.intent).toBe(offered.at(place)?.intent);
  });

  it('goes on with the one whose words are typed', async () => {
    const { say } = conversation();
    const [, second] = offeredIn((await say(UNCLEAR)).answer);
    const { query } = await say((second?.label ?? '').toUpperCase());
    expect(query.intent).toBe(second?.intent);
  });

  it('is chosen by nobody else, and not after a quarter of an hour', async () => {
    const { say, clock } = conversation();
    await say(UNCLEAR);
    expect((await say('2', 'lee')).query.people).toEqual([]);
    clock.now += 15 * 60_000;
    expect((await say('2')).query.people).toEqual([]);
  });

  it('does not end what was talked about before', async () => {
    const { say } = conversation();
    await say('history of Adele Vance');
    await say(UNCLEAR);
    expect((await say('and last week?')).query).toMatchObject({ intent: 'history', people: ['adele'] });
  });

  it('can be followed once it is chosen', async () => {
    const { say } = conversation();
    await say(UNCLEAR);
    const chosen = (await say('1')).query;
    expect((await say('and Adele?')).query).toMatchObject({ intent: chosen.intent, people: ['adele'] });
  });
});

describe('with a language model', () => {
  const parts = {
    intent: 'history' as const,
    people: ['Rick'],
    skus: [],
    groups: [],
    range: null,
    days: null,
  };

  it('the model is asked first, and its line says so', async () => {
    const { answer } = await conversation(async () => ({ kind: 'read', parts })).say(UNCLEAR);
    expect(answer.reading).toBe('Understood by the language model as: history of Rick van Oosterhout');
    expect(offeredIn(answer)).toEqual([]);
  });

  it('that does not understand it either, the bot asks', async () => {
    const { answer } = await conversation(async () => ({ kind: 'not-understood' })).say(UNCLEAR);
    expect(offeredIn(answer).length).toBeGreaterThan(1);
  });

  it('that cannot be asked, the bot asks and says so', async () => {
    const sentence = 'The language model did not answer in time.';
    const { answer } = await conversation(async () => ({ kind: 'unavailable', sentence })).say(UNCLEAR);
    expect(answer.reading).toBe(sentence);
    expect(offeredIn(answer).length).toBeGreaterThan(1);
  });

  it('is not asked about a choice', async () => {
    let calls = 0;
    const { say } = conversation(async () => {
      calls++;
      return { kind: 'not-understood' };
    });
    await say(UNCLEAR);
    await say('2');
    await say(UNCLEAR, 'megan', 'unknown');
    expect(calls).toBe(1);
  });
});

describe('what is offered', () => {
  const offeredFor = (text: string, ask: Intent[], previous: UnderstandContext['previous'] = null) =>
    readingsOf(
      { ...understand(text, { ...context, previous }, index), ask },
      text,
      { ...context, previous },
      index,
    );

  it.each([
    [['unknown', 'history'], ['history', 'unknown'], 'Something else'],
    [['history', 'small-talk'], ['history', 'unknown'], 'Something else'],
    [['unknown', 'seats', 'small-talk'], ['seats', 'unknown'], 'Something else'],
  ] as const)('of %j has one last choice for all else', (ask, intents, last) => {
    const offered = offeredFor(UNCLEAR, [...ask])?.offered ?? [];
    expect(offered.map(({ intent }) => intent)).toEqual(intents);
    expect(offered.at(-1)?.label).toBe(last);
  });

  it('is nothing where no reading is a question or a request', () => {
    expect(offeredFor('hello there', ['small-talk', 'unknown'])).toBeNull();
    expect(readingsOf(aQuery({ intent: 'history' }), 'history', context, index)).toBeNull();
  });

  // Each kind of question or request, offered for a sentence of any kind, also for one that follows another.
  const before = aQuery({ intent: 'history', people: ['rick'] });
  const SENTENCES = [
    { text: 'who changed the license of Rick last week', previous: null },
    { text: 'give Adele Visio until Friday', previous: null },
    { text: 'export unused licenses as ndjson', previous: null },
    { text: 'what about him and Visio yesterday', previous: before },
  ];
  it.each(SENTENCES.flatMap((one) => INTENT_NAMES.map((intent) => ({ ...one, intent }))))(
    'as $intent of “$text” is read so again when it is pressed',
    ({ text, previous, intent }) => {
      const other = intent === 'unknown' || intent === 'small-talk' ? 'history' : 'unknown';
      const [first] = offeredFor(text, [intent, other], previous)?.offered ?? [];
      if (!first) throw new Error('nothing is offered');
      const shown = understand(
        text,
        { ...context, previous: isBare(intent) ? null : previous, intent },
        index,
      );
      const pressed = understand(first.ask, { ...context, intent: first.intent }, index);
      expect(first.ask.length).toBeLessThanOrEqual(500);
      expect(first.title.length).toBeLessThanOrEqual(34);
      expect(pressed.ask).toBeUndefined();
      if (intent === 'unknown' || intent === 'small-talk') return;
      expect({
        intent: pressed.intent,
        people: pressed.people,
        skus: pressed.skus,
        range: pressed.range,
      }).toEqual({
        intent,
        people: shown.people,
        skus: shown.skus,
        range: shown.range,
      });
    },
  );

  it('is a short sentence of ours where the one that was typed has no room in a button', () => {
    const [first] =
      offeredFor(`who has Visio ${'please '.repeat(80)}`, ['sku-users', 'history'])?.offered ?? [];
    expect(first?.ask).toBe('users of Visio');
  });

  it('names nobody where the sentence does not', () => {
    expect(offeredFor('free seats of Visio', ['seats', 'unused'])?.namePeople).toBe(false);
    expect(offeredFor('licenses of Rick', ['user-licenses', 'history'])?.namePeople).toBe(true);
  });

  it('is chosen by nothing but a place or its words', () => {
    const readings = offeredFor('licenses of Rick', ['user-licenses', 'history']);
    for (const text of ['', '3', 'who has Visio', 'yes', 'rick'])
      expect(readingChosen(text, readings)).toBeNull();
  });
});

describe('readings that a person reads as the same words', () => {
  const BLOCKED = 'disabled accounts with a license';

  it('are one, so that nothing is asked', () => {
    expect(readingsOf(aQuery({ ask: ['unlicensed', 'guests'] }), BLOCKED, context, index)).toBeNull();
  });

  it('stand once beside others', () => {
    const read = readingsOf(aQuery({ ask: ['unlicensed', 'guests', 'seats'] }), BLOCKED, context, index);
    const labels = read?.offered.map(({ label }) => label) ?? [];
    expect(labels).toHaveLength(2);
    expect(new Set(labels).size).toBe(2);
  });
});

describe('a list that may be one of several', () => {
  const lists = ['unused', 'sku-users'] as const satisfies Intent[];
  const asked = { ...understand('export users of E3', context, index), lists: [...lists] };

  it('is asked about before a file is offered, each as a sentence of ours', () => {
    const offered = readingsOf(asked, 'export E3', context, index)?.offered ?? [];
    expect(offered.map(({ intent }) => intent)).toEqual(['export', 'export']);
    for (const [place, { ask }] of offered.entries()) {
      const pressed = understand(ask, { ...context, intent: 'export' }, index);
      expect(pressed).toMatchObject({ intent: 'export', list: lists[place], skus: asked.skus });
      expect(pressed.lists).toBeUndefined();
    }
  });

  it('is not asked about where only one of them can be a file', () => {
    expect(readingsOf({ ...asked, lists: ['unused', 'help'] }, 'export E3', context, index)).toBeNull();
  });

  it.each(INTENT_NAMES.filter(isExportIntent))('can be chosen by our own sentence: %s', (list) => {
    const query = { ...asked, skus: [], list, lists: [list, 'seats' as const, 'groups' as const] };
    const offered = readingsOf(query, 'export that', context, index)?.offered ?? [];
    expect(offered.length).toBeGreaterThanOrEqual(2);
  });
});
