import { describe, expect, it } from 'vitest';
import list from '../../../src/language/lexicon/common-words.json' with { type: 'json' };
import { fold } from '../../../src/language/names/fold.ts';
import { LANGUAGES, TENANTS, takenForNames } from './taken-words.ts';
import { read, told } from './the-directory.ts';

// The other words are read by contract/language/ordinary-words.slow.test.ts.
describe.each(TENANTS)('in %s common words are nobody and no product', (_name, tenant) => {
  it.each(LANGUAGES)('%s', (_language, words) => {
    expect(
      takenForNames(
        words.filter((_, at) => at % 30 === 0),
        tenant,
      ),
    ).toEqual([]);
  });
});

describe('an ordinary word beside a name is not taken for somebody, nor asked about', () => {
  it.each([
    ["who changed Rick's manager", ['rick']],
    ["why did Rick's manager lose his license", ['rick']],
    ['wie heeft de licentie van Rick eruit gegooid', ['rick']],
    ['wer hat die Lizenz von Lee überhaupt geändert', ['leeg']],
    ['history of Rick for the Global team', ['rick']],
    ['history of Rick since the Google migration', ['rick']],
    ['who removed the license of Lee for Germany', ['leeg']],
    ['who removed the license of Lee in Berlin', ['leeg']],
    ['wie heeft Rick geen licentie langer gegeven', ['rick']],
    ['qui a retiré la licence de Megan pendant la réunion', ['meganb']],
    ['quién le quitó la licencia a Megan durante la reunión', ['meganb']],
    ['who removed the licenses of Finance', []],
    ['who removed licenses for HR', []],
    ['wer hat die Lizenzen vom Vertrieb entfernt', []],
    ['wie heeft de licenties van Verkoop verwijderd', []],
  ])('%s', (text, people) => {
    expect(told(read(text))).toMatchObject({ people, unresolved: [] });
  });
});

describe('a name that is also a word', () => {
  it.each([
    ['is asked about with a capital, where nobody bears it', 'licenses of Frank', ['frank']],
    ['is asked about with what belongs to it', "who changed bob's license", ['bob']],
    ['is asked about with its family name', "who changed Frank Miller's license", ['frank miller']],
    ['is not asked about as a word', 'who changed the license, to be frank', []],
  ])('%s', (_what, text, unresolved) => {
    expect(told(read(text)).unresolved).toEqual(unresolved);
  });

  it('is still forgiven its typing errors where they make no word', () => {
    expect(told(read('history of Isiah and Prdaeep')).people).toEqual(['isaiahl', 'pradeepg']);
  });
});

it('the words are folded, as sentences are', () => {
  expect(Object.values(list.words).filter((words) => fold(words) !== words)).toEqual([]);
});
