import { describe, expect, it } from 'vitest';
import { understand } from '../../../src/language/conversation/understand.ts';
import { indexDirectory } from '../../../src/language/names/directory-index.ts';
import { peopleLike } from '../../../src/language/names/people-like.ts';
import { DIRECTORY, NOW, personId, read, told } from './the-directory.ts';

const people = (text: string) => told(read(text)).people;

describe('a person is found', () => {
  it.each([
    ['by the display name', 'history of Rick van Oosterhout', 'rick'],
    ['by the surname first', 'history of Vance, Adele', 'adelev'],
    ['by the given name', 'history of Isaiah', 'isaiahl'],
    ['by the sign-in name', 'history of LIDIAH@contoso.com', 'lidiah'],
    ['by the alias', 'history of gradya', 'gradya'],
    ['by an alias with a dash', 'history of svc-backup', 'svc-backup'],
    ['by a former name', 'history of Johanna Berg', 'johannal'],
    ['without accents', 'history of Bjorn Akesson', 'bjorn.akesson'],
    ['with an umlaut spelled out', 'history of Zoe Mueller', 'zoe.mueller'],
    ['with an apostrophe left out', 'history of Siobhan OBrien', 'siobhan.obrien'],
    ['with an apostrophe typed as a space', 'history of Siobhan O Brien', 'siobhan.obrien'],
    ['in one word', 'history of adelevance', 'adelev'],
    ['with letters swapped', 'history of Prdaeep', 'pradeepg'],
    ['with a typing error in each word', 'history of Adele Vanec', 'adelev'],
    ['in a mention', '<at>License Watch</at> history of Lee Gu', 'leeg'],
    ['between Markdown', 'history of **Lee Gu**', 'leeg'],
  ])('%s', (_how, text, alias) => {
    expect(people(text)).toEqual([alias]);
  });

  it('by a whole given name before a part of another name', () => {
    expect(people("who changed Rick's license")).toEqual(['rick']);
  });
});

describe('a name that is also a word is a name only where one is expected', () => {
  it.each([
    ['which licenses will expire soon', []],
    ['did Will lose a license', ['will.power']],
    ['which tenant admin removed Visio from Lee', ['leeg']],
    ['what did Tenant Admin do', ['admin']],
    ['lost licenses in May', []],
    ['history of May', ['may.summers']],
    ['who has Copilot', []],
    ['licenses of Mark Copilot', ['mark.copilot']],
  ])('%s', (text, expected) => {
    expect(people(text)).toEqual(expected);
  });
});

describe('a name that is not clear is left to be asked about', () => {
  it.each([
    ['history of Chris', ['chris']],
    ['history of Anna and Rick', ['anna']],
    ['history of Bob', ['bob']],
    ['history of Rick Smith', ['rick smith']],
    ['history of nobody@fabrikam.com', ['nobody@fabrikam.com']],
    ['who has Teams Premium', ['teams premium']],
    ['who has Visio Plan 1', ['visio plan 1']],
  ])('%s', (text, unresolved) => {
    expect(told(read(text)).unresolved).toEqual(unresolved);
  });

  it('the people that fit, or whose names are like it, can be offered', () => {
    const index = indexDirectory(DIRECTORY);
    expect(peopleLike('Chris', index).fits).toEqual([personId('chrisg'), personId('chrisn')]);
    expect(peopleLike('Patrizia', index)).toEqual({
      fits: [],
      near: expect.arrayContaining([personId('patrick.moran')]),
    });
    expect(peopleLike('Xyz', index)).toEqual({ fits: [], near: [] });
  });
});

describe('the asker', () => {
  it.each(['which licenses do I have', 'my licenses', 'history of me', 'why did I lose E5'])('%s', (text) => {
    expect(read(text, { asker: personId('rick') }).people).toEqual([personId('rick')]);
  });

  it.each(['show me lost licenses', 'tell me who has Visio', 'can I see the open incidents'])(
    'is not meant: %s',
    (text) => {
      expect(read(text, { asker: personId('rick') }).people).toEqual([]);
    },
  );
});

describe('a product', () => {
  it.each([
    ['E3', ['ENTERPRISEPACK', 'SPE_E3']],
    ['O365 E3', ['ENTERPRISEPACK']],
    ['M365E3', ['SPE_E3']],
    ['spe_e5', ['SPE_E5']],
    ['O365_BUSINESS_PREMIUM', ['O365_BUSINESS_PREMIUM']],
    ['Business Premium', ['SPB']],
    ['PBI Pro', ['POWER_BI_PRO']],
    ['Visio P2', ['VISIOCLIENT']],
    ['Visoi', ['VISIOCLIENT']],
    ['flow', ['FLOW_FREE']],
  ])('%s is found', (said, partNumbers) => {
    expect(told(read(`who has ${said}`)).skus).toEqual(partNumbers);
  });
});

describe('several products are told apart', () => {
  const E3 = ['ENTERPRISEPACK', 'SPE_E3'];
  it.each([
    ['by commas', 'remove E3, Visio and Power BI from Rick', [...E3, 'POWER_BI_PRO', 'VISIOCLIENT']],
    ['by a comma alone', 'free seats of Visio, E3', [...E3, 'VISIOCLIENT']],
    ['by a slash', 'seats e3/visio', [...E3, 'VISIOCLIENT']],
    ['by nothing', 'who has e3 visio', [...E3, 'VISIOCLIENT']],
  ])('%s', (_how, text, partNumbers) => {
    expect(told(read(text))).toMatchObject({ skus: partNumbers.toSorted(), unresolved: [] });
  });

  it('but a longer name that the tenant lacks stays one name', () => {
    expect(told(read('who has Visio Plan 1'))).toMatchObject({ skus: [], unresolved: ['visio plan 1'] });
  });
});

describe('a text of any kind is read', () => {
  it.each([
    '',
    ' ',
    '?',
    '👍',
    '\u0000\u0000',
    "'; DROP TABLE users; --",
    '$' + '{x}',
    '(((((',
    '@@@@',
    "''''s",
  ])('%j', (text) => {
    expect(read(text).people).toEqual([]);
  });

  it('a very long one is read to its two-thousandth letter', () => {
    expect(told(read(`history of Rick ${'x'.repeat(1_000_000)}`))).toMatchObject({ intent: 'history' });
  });

  it('by a directory without anybody', () => {
    const directory = { people: [], skus: [], groups: [] };
    expect(
      understand('who has E3', { directory, now: NOW, timeZone: 'UTC', asker: null }).unresolved,
    ).toEqual(['E3']);
  });
});
