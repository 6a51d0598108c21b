import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAtLeast } from '../../../src/domain/access/access.ts';
import { INTENT_NAMES } from '../../../src/language/facts.ts';
import { aQuery } from '../../builders/query.ts';
import { CAST, PARTS, ROLE_OF } from './cast.ts';
import { REFUSED, Stage, saidTo } from './stage.ts';

const stage = new Stage();
beforeAll(async () => {
  await stage.start();
  stage.removeLee();
  await stage.holdWrites();
});
afterAll(() => stage.stop());

const CELLS = INTENT_NAMES.flatMap((intent) => PARTS.map((part) => ({ intent, part })));

/** A card can carry a query of any intent: what it asks for is answered to readers, and carried out for nobody. */
describe('a query of each intent, as a card carries it', () => {
  it.each(CELLS)('$intent, pressed by $part', async ({ intent, part }) => {
    const before = await stage.kept();
    let told = '';
    const decided = await stage.decidedDuring(async () => {
      const data = { ask: 'as before', page: 1, query: aQuery({ intent }) };
      told = saidTo(await stage.press(CAST[part], 'personal', 'page', data));
    });
    if (isAtLeast(ROLE_OF[part], 'reader')) {
      expect(told).toMatch(/AdaptiveCard|I cannot read which page this is/);
      expect(told).not.toMatch(REFUSED);
    } else {
      expect(told).toMatch(REFUSED);
      expect(told).not.toMatch(/AdaptiveCard|@contoso\.com/);
    }
    expect(told).not.toMatch(/Nothing has been changed yet/);
    expect(decided).toEqual([]);
    expect(await stage.kept()).toEqual(before);
    expect(stage.bot.simulator.tenant.writes()).toEqual([]);
  });
});
