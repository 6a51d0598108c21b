import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOTHING_TOLD } from '../../../../src/answers/answer/spend-facts.ts';
import { exportLines } from '../../../../src/answers/export/request.ts';
import type { Store } from '../../../../src/domain/ports.ts';
import { ask, askWithUnits, aWatchedTenant, NOW, PEOPLE } from '../a-watched-tenant.ts';

const UNITS = { 'Sales Benelux': PEOPLE.slice(0, 2).map(({ id }) => id) };
const [FIRST, SECOND, THIRD] = PEOPLE;

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
});
afterEach(() => store.close());

const namesIn = async (text: string, sees: ReadonlySet<string> | null = null) => {
  const { answer } = await askWithUnits(store, text, UNITS, sees);
  return { lead: answer.lead, text: JSON.stringify(answer.blocks) };
};

describe('a question about an administrative unit', () => {
  it.each([
    'licenses of everybody in the unit Sales Benelux',
    'licenses of everybody in the administrative unit Sales Benelux',
    'who has E3 in the unit Sales Benelux',
    'alle Lizenzen in der Verwaltungseinheit Sales Benelux',
    'licences de tout le monde dans l’unité administrative Sales Benelux',
    'licencias de todos en la unidad administrativa Sales Benelux',
    'licenties van iedereen in de beheereenheid Sales Benelux',
  ])('is answered for its users only: %s', async (text) => {
    const answer = await namesIn(text);
    expect(answer.lead).toMatch(/^Only people in the administrative unit Sales Benelux: /);
    expect(answer.text).not.toContain(THIRD?.displayName);
  });

  it('shows nobody that the asker may not see', async () => {
    const answer = await namesIn(
      'licenses of everybody in the unit Sales Benelux',
      new Set([FIRST?.id ?? '']),
    );
    expect(answer.text).not.toContain(SECOND?.displayName);
  });

  it('gives a file of the same people', async () => {
    const { answer } = await askWithUnits(
      store,
      'export licenses of everybody in the unit Sales Benelux',
      UNITS,
    );
    if (answer.request?.kind !== 'export') throw new Error(`No file: ${answer.lead}`);
    expect(answer.request.request.narrowing).toEqual({
      units: [{ id: 'Sales Benelux', name: 'Sales Benelux' }],
    });
    const units = { named: async () => null, members: async () => new Set(UNITS['Sales Benelux']) };
    let file = '';
    for await (const line of exportLines({ ...store, units }, answer.request.request, {
      now: NOW,
      spend: NOTHING_TOLD,
    }))
      file += line;
    expect(file).not.toContain(THIRD?.displayName);
  });

  it('is refused where nothing of that name is known', async () => {
    const { answer } = await ask(store, 'licenses of everybody in the unit Narnia');
    expect(answer.lead).toContain('“Narnia”');
  });
});
