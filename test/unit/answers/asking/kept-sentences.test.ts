import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src/answers/answer/answer.ts';
import { FIRST_PAGE } from '../../../../src/answers/answer/paging.ts';
import { createAskWithQuery, type PageAsked } from '../../../../src/answers/ask.ts';
import { createScopedStores } from '../../../../src/answers/scope/scoped-store.ts';
import { keepingSentences } from '../../../../src/app/keeping-sentences.ts';
import type { KeptSentence, Store } from '../../../../src/domain/ports.ts';
import { masked } from '../../../../src/language/conversation/masked.ts';
import type { Logger } from '../../../../src/observability/logger.ts';
import { chunksOf } from '../../../builders/chunks.ts';
import { anUnclearSentence } from '../../../builders/unclear-sentence.ts';
import { aWatchedTenant, NOW } from '../a-watched-tenant.ts';

let store: Store;
let logged: unknown[];
const log = { warn: (...line: unknown[]) => logged.push(line) } as unknown as Logger;
beforeEach(async () => {
  store = await aWatchedTenant();
  logged = [];
});
afterEach(() => store.close());

const OUT_OF_SCOPE = 'Blorfen uiopü Zarathustra 4711';

async function bot(keeps = true) {
  let no = 0;
  const ask = createAskWithQuery({
    store,
    now: () => NOW,
    timeZone: 'UTC',
    incidentView: async () => null,
    ...(keeps
      ? {
          sentences: keepingSentences(
            store,
            () => `s${++no}`,
            log,
            () => true,
          ),
        }
      : {}),
  });
  const { directory, index } = await createScopedStores(store)(null).directory();
  const context = { directory, now: NOW, timeZone: 'UTC', asker: null };
  const by = {
    userId: 'megan',
    timeZone: null,
    sees: null,
    acts: null,
    conversation: 'chat',
    language: 'de',
  };
  const say = async (text: string, asked: Partial<PageAsked> = {}): Promise<Answer> =>
    (await ask(text, by, { page: FIRST_PAGE, ...asked })).answer;
  return { say, mask: (text: string) => masked(text, context, index), unclear: anUnclearSentence(context) };
}

const kept = async (): Promise<KeptSentence[]> => chunksOf(store.sentences.between(0, NOW + 1));

const readingsIn = ({ blocks }: Answer) => blocks.find((block) => block.kind === 'readings');

describe('what is kept of what was typed', () => {
  it('is a sentence that is not clear, with what was offered, and what was pressed', async () => {
    const { say, mask, unclear } = await bot();
    const asked = readingsIn(await say(unclear));
    const offered = asked?.readings.map(({ intent }) => intent) ?? [];
    const row = { id: 's1', at: NOW, language: 'de', sentence: mask(unclear), offered };
    expect(await kept()).toEqual([{ ...row, pressed: null }]);
    const second = asked?.readings[1];
    await say(second?.ask ?? '', { ...(second ? { intent: second.intent } : {}), kept: asked?.kept ?? '' });
    expect(await kept()).toEqual([{ ...row, pressed: second?.intent }]);
  });

  it('notes what was chosen by its number, too', async () => {
    const { say, unclear } = await bot();
    const asked = readingsIn(await say(unclear));
    await say('2');
    expect(await kept()).toMatchObject([{ pressed: asked?.readings[1]?.intent }]);
  });

  it('is a sentence that is not understood', async () => {
    const { say } = await bot();
    await say(OUT_OF_SCOPE);
    expect(await kept()).toEqual([
      { id: 's1', at: NOW, language: 'de', sentence: '_ _ _ _', offered: [], pressed: null },
    ]);
  });

  it('is once what is shown again to the one who may see it', async () => {
    const { say, unclear } = await bot();
    const asked = readingsIn(await say(unclear));
    const again = readingsIn(await say(unclear, { kept: asked?.kept ?? '' }));
    expect(again?.kept).toBe(asked?.kept);
    expect(await kept()).toHaveLength(1);
  });

  it('is nothing that was clear, and nothing at all where that is switched off', async () => {
    const clear = await bot();
    for (const text of ['status', 'help', 'hello', 'who has Visio']) await clear.say(text);
    expect(await kept()).toEqual([]);
    const { say, unclear } = await bot(false);
    const asked = readingsIn(await say(unclear));
    await say('1');
    await say(OUT_OF_SCOPE);
    expect(asked?.kept).toBeUndefined();
    expect(await kept()).toEqual([]);
  });

  it('is no reason to answer nothing where it cannot be written, and is in no log', async () => {
    const { say, unclear } = await bot();
    store.sentences.keep = async () => {
      throw new Error(`no: ${unclear}`);
    };
    expect(readingsIn(await say(unclear))?.kept).toBeUndefined();
    await say(OUT_OF_SCOPE);
    expect(logged).toEqual([
      [{ name: 'Error' }, 'a sentence could not be kept'],
      [{ name: 'Error' }, 'a sentence could not be kept'],
    ]);
  });
});

describe('a sentence without names', () => {
  it.each([
    ['Who licenses Rick van Oosterhout?', 'who licenses _ _ _'],
    ['who has Visio', 'who has _'],
    ['licenses of adele@contoso.com', 'licenses of _ _ _'],
    ['history of Zarathustra', 'history of _'],
    ['Password of Rick is Tr0ub4dor&3', /^\S+ of _ (is|_) _ _$/],
    ['ring 06 12345678 about the licenses of LIC-M365-E3', /^\S+ _ _ about the licenses of(?: _)+$/],
  ])('of “%s” is %s', async (text, without) => {
    const { mask } = await bot();
    if (typeof without === 'string') expect(mask(text)).toBe(without);
    else expect(mask(text)).toMatch(without);
  });
});
