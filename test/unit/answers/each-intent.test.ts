import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/domain/ports.ts';
import { INTENT_NAMES } from '../../../src/language/facts.ts';
import { anEmptyStore } from '../../builders/storage/store-in-memory.ts';
import { ask, aWatchedTenant } from './a-watched-tenant.ts';
import { ONE_OF_EACH } from './one-of-each.ts';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
});
afterEach(() => store.close());

const answerTo = async (text: string) => (await ask(store, text)).answer;

describe('requests and small things', () => {
  it.each([
    ['scan now', { kind: 'scan' }],
    ['run the doctor', { kind: 'doctor' }],
    ['post alerts in this channel', { kind: 'set-channel' }],
    ['thanks!', null],
    ['help', null],
    ['what’s the weather like', null],
    ['remove Visio from Bo', expect.objectContaining({ kind: 'change-licenses' })],
  ])('%s', async (text, request) => {
    expect((await answerTo(text)).request).toEqual(request);
  });
});

describe('each intent answers', () => {
  it.each(ONE_OF_EACH)('on an empty store: %s', async (text) => {
    const empty = await anEmptyStore();
    const { answer } = await ask(empty, text);
    expect(answer.lead).toMatch(/[.?]$/);
    await empty.close();
  });

  it('on a small one, and no intent is forgotten', async () => {
    const intents = new Set<string>();
    for (const text of ONE_OF_EACH) {
      const { query, answer } = await ask(store, text);
      expect(answer.intent).toBe(query.intent);
      expect(answer.lead).toMatch(/[.?]$/);
      intents.add(query.intent);
    }
    expect([...intents].sort()).toEqual([...INTENT_NAMES].sort());
  });
});
