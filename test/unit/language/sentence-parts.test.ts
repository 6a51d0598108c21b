import { describe, expect, it } from 'vitest';
import { indexDirectory } from '../../../src/language/names/directory-index.ts';
import type { Query } from '../../../src/language/query.ts';
import { resolveParts, type SentenceParts } from '../../../src/language/sentence/sentence-parts.ts';
import { DIRECTORY, NOW, personId, told } from './the-directory.ts';

const INDEX = indexDirectory(DIRECTORY);

const resolved = (sentence: string, parts: Partial<SentenceParts>, timeZone = 'UTC'): Query | null =>
  resolveParts(
    { intent: 'history', people: [], skus: [], groups: [], range: null, days: null, ...parts },
    sentence,
    { directory: DIRECTORY, now: NOW, timeZone, asker: personId('leeg') },
    INDEX,
  );

/** Only the names, by alias and part number. */
function names(sentence: string, parts: Partial<SentenceParts>) {
  const query = resolved(sentence, parts);
  if (query === null) return null;
  const { people, skus, groups, unresolved } = told(query);
  return { people, skus, groups, unresolved };
}

const NONE = { people: [], skus: [], groups: [], unresolved: [] };

describe('a name that somebody read in a sentence', () => {
  it.each<[string, string, Partial<SentenceParts>, object]>([
    ['is found as in any other', 'zzz Rick', { people: ['Rick'] }, { people: ['rick'] }],
    ['is found without its ending', 'Rick’s zzz', { people: ['Rick'] }, { people: ['rick'] }],
    ['is found with a typing error', 'zzz Adele Vanec', { people: ['Adele Vanec'] }, { people: ['adelev'] }],
    [
      'is found by its address',
      'zzz lidiah@contoso.com',
      { people: ['lidiah@contoso.com'] },
      { people: ['lidiah'] },
    ],
    ['is found once', 'Rick zzz rick', { people: ['Rick', 'rick'] }, { people: ['rick'] }],
    ['may be the asker', 'zzz my', { people: ['my'] }, { people: ['leeg'] }],
    ['is asked about when nobody bears it', 'zzz Bob', { people: ['Bob'] }, { unresolved: ['bob'] }],
    [
      'is asked about when only a part of it is known',
      'zzz Rick Smith',
      { people: ['Rick Smith'] },
      { unresolved: ['rick smith'] },
    ],
    ['is not a product where it is a person', 'zzz Visio', { people: ['Visio'] }, { unresolved: ['visio'] }],
    ['is a product where it is one', 'zzz Visio', { skus: ['Visio'] }, { skus: ['VISIOCLIENT'] }],
    [
      'is a group where it is one',
      'zzz LIC-M365-E3',
      { groups: ['LIC-M365-E3'] },
      { groups: ['LIC-M365-E3'] },
    ],
    ['is asked about when it is no group', 'zzz Rick', { groups: ['Rick'] }, { unresolved: ['rick'] }],
  ])('%s', (_how, sentence, parts, expected) => {
    expect(names(sentence, parts)).toEqual({ ...NONE, ...expected });
  });
});

describe('a text that is not in the sentence word for word', () => {
  it.each([
    ['another name', 'zzz Rick', 'Adele Vance'],
    ['a part of a word', 'zzz Rickard', 'Rick'],
    ['words in another order', 'Rick zzz van', 'van Rick'],
    ['words with others between', 'Rick or van Oosterhout', 'Rick van Oosterhout'],
    ['a corrected spelling', 'zzz Adele Vanec', 'Adele Vance'],
    ['no word at all', 'zzz … Rick', '…'],
    ['an id', 'zzz Rick', personId('rick')],
  ])('is dropped from a question: %s', (_what, sentence, text) => {
    expect(names(sentence, { people: [text] })).toEqual(NONE);
  });

  it.each([
    'reassign',
    'assign',
    'remove',
    'snooze',
    'wake',
    'watch',
    'unwatch',
    'end-rule',
    'extend-rule',
  ] as const)('makes a request to %s none at all', (intent) => {
    expect(resolved('zzz Rick', { intent, people: ['Rick'] })).not.toBeNull();
    expect(resolved('zzz Rick', { intent, people: ['Rick', 'Adele Vance'] })).toBeNull();
    expect(resolved('zzz Rick', { intent, people: ['Rick'], skus: ['Visio'] })).toBeNull();
  });
});

describe('a time', () => {
  const WEEK = { from: { year: 2026, month: 11, day: 2 }, to: { year: 2026, month: 11, day: 8 } };

  it('is read by our own rules where they find one', () => {
    expect(resolved('zzz yesterday', { range: WEEK, days: 3 })).toMatchObject({
      range: { from: Date.parse('2026-11-22'), to: Date.parse('2026-11-23') },
      days: null,
    });
    expect(resolved('zzz for 90 days', { range: WEEK })).toMatchObject({ range: null, days: 90 });
  });

  it('is whole days of the asker where they find none', () => {
    expect(resolved('zzz', { range: WEEK }, 'America/New_York')?.range).toEqual({
      from: Date.parse('2026-11-02T05:00:00Z'),
      to: Date.parse('2026-11-09T05:00:00Z'),
    });
    expect(resolved('zzz', { days: 30 })).toMatchObject({ range: null, days: 30 });
  });

  it.each([
    ['ends before it begins', { from: WEEK.to, to: { year: 2026, month: 11, day: 1 } }],
    ['is on no calendar', { from: { year: 2026, month: 2, day: 31 }, to: WEEK.to }],
    ['is in no year of ours', { from: { year: 1, month: 1, day: 1 }, to: { year: 9999, month: 1, day: 1 } }],
  ])('counts for nothing when it %s', (_how, range) => {
    expect(resolved('zzz', { range })?.range).toBeNull();
  });
});

describe('what else a sentence says', () => {
  it.each<[string, Partial<SentenceParts>, Partial<Query>]>([
    ['zzz cost by department', { intent: 'cost' }, { by: 'department' }],
    ['zzz pr. afdelning', { intent: 'cost', by: 'department' }, { by: 'department' }],
    ['zzz Rick but not E5', { people: ['Rick'], skus: ['E5'] }, { skus: [], except: expect.anything() }],
    [
      'zzz E3 i Forsaljning',
      { intent: 'sku-users', departments: ['Forsaljning'] },
      { departments: ['Forsaljning'] },
    ],
    ['zzz rule 3', { intent: 'end-rule' }, { rule: 3 }],
    ['zzz Visio: flytt', { intent: 'snooze', skus: ['Visio'], reason: 'flytt' }, { reason: 'flytt' }],
    ['zzz fil', { intent: 'export', list: 'seats', format: 'csv' }, { list: 'seats', format: 'csv' }],
    ['zzz Exchange', { intent: 'plans', skus: ['Exchange'] }, { plans: ['Exchange Online'], unresolved: [] }],
  ])('%s', (sentence, parts, expected) => {
    expect(resolved(sentence, parts)).toMatchObject(expected);
  });

  it('is dropped where it is not in the sentence', () => {
    const query = resolved('zzz', { intent: 'snooze', departments: ['Sales'], reason: 'because I say so' });
    expect(query).not.toHaveProperty('departments');
    expect(query).not.toHaveProperty('reason');
  });
});
