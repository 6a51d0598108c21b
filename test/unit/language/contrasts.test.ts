import { describe, expect, it } from 'vitest';
import { writes } from '../../../src/language/facts.ts';
import { personId, read, told } from './the-directory.ts';

describe('a product’s plural', () => {
  it.each(['idle copilots please', 'copilots nobody uses'])('is the product: %s', (text) => {
    expect(told(read(text))).toMatchObject({ people: [], skus: ['Microsoft_365_Copilot'] });
  });

  it('is somebody’s genitive after the given name', () => {
    expect(told(read('Mark Copilots license'))).toMatchObject({ people: ['mark.copilot'], skus: [] });
  });
});

describe('a question about a change', () => {
  it.each([
    'did you take E3 from Lee',
    'did somebody switch Lee off E3',
    'have you removed Visio from Patti',
    'hast du Lee E3 entzogen',
    'heb je E3 van Lee afgenomen',
    'as-tu retiré E3 à Lee',
  ])('neither makes one nor offers to: %s', (text) => {
    const { intent, ask = [] } = read(text);
    expect([intent, ...ask].filter(writes)).toEqual([]);
  });

  it('about a change to come never makes one, and may offer it', () => {
    const { intent, people } = read('should I give Rick the last Visio');
    expect(writes(intent)).toBe(false);
    expect(people).toEqual([personId('rick')]);
  });
});

describe('a request', () => {
  it.each([
    'verschiebe Lee von E3 nach E5',
    'stufe Lee von E3 auf E5 hoch',
    'verplaats Lee van E3 naar E5',
    'bascule Lee de E3 vers E5',
    'sposta Lee da E3 a E5',
  ])('of which the verb is in no lexicon leaves no word unused: %s', (text) => {
    const query = read(text);
    expect(query.intent).toBe('swap');
    expect(query.unused).toBeUndefined();
  });
});

describe('what lies outside a place', () => {
  it.each([
    ['E3 users outside Engineering', { departments: ['Engineering'], countries: [] }],
    ['who has Visio outside Germany', { departments: [], countries: ['DE'] }],
    ['wer hat Visio außerhalb von Vertrieb', { departments: ['Vertrieb'], countries: [] }],
  ])('is all that is not there: %s', (text, except) => {
    expect(read(text)).toMatchObject({ intent: 'sku-users', except });
  });
});

describe('everybody’s licenses', () => {
  it.each(['all licenses', 'alle Lizenzen', 'licenses of LIC-M365-E3', 'show licenses in general'])(
    'are shown without a question: %s',
    (text) => {
      const { intent, ask } = read(text);
      expect({ intent, ask }).toEqual({ intent: 'directory', ask: undefined });
    },
  );

  it.each([
    'export licenses',
    'exportiere alle Lizenzen',
    'exporte toutes les licences',
    'csv of all licenses in Sales',
  ])('are what is exported: %s', (text) => {
    const { intent, list, lists, ask } = read(text);
    expect({ intent, list, lists, ask }).toEqual({
      intent: 'export',
      list: 'directory',
      lists: undefined,
      ask: undefined,
    });
  });
});
