import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../../../src/domain/ports.ts';
import { ask, aWatchedTenant } from '../a-watched-tenant.ts';
import { ONE_OF_EACH } from '../one-of-each.ts';

let store: Store;
beforeAll(async () => {
  store = await aWatchedTenant();
});
afterAll(() => store.close());

it.each(ONE_OF_EACH)('what the answer to “%s” offers to ask next is clear', async (text) => {
  const { answer } = await ask(store, text);
  const unclear: string[] = [];
  for (const next of answer.next) {
    const { query } = await ask(store, next);
    if (query.intent === 'unknown' || query.ask !== undefined)
      unclear.push(`${next}: ${query.ask ?? 'unknown'}`);
  }
  expect(unclear).toEqual([]);
});
