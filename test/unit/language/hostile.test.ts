import { describe, expect, it } from 'vitest';
import { hostileSentences, manyPeople } from '../../../bench/hostile-sentences.ts';
import { understand } from '../../../src/language/conversation/understand.ts';
import { splitReason } from '../../../src/language/details/reason.ts';
import { indexDirectory, withinReason } from '../../../src/language/names/directory-index.ts';
import { nameWords } from '../../../src/language/names/find-person.ts';
import { DIRECTORY, NOW, read, told } from './the-directory.ts';

const people = [...DIRECTORY.people, ...manyPeople(5_000)];
const directory = { ...DIRECTORY, people };
const INDEX = indexDirectory(directory);
const context = { directory, now: NOW, timeZone: 'UTC', asker: null };

describe('a sentence made to be slow', () => {
  it.each(hostileSentences(people))('is read all the same: %s', (_name, sentence) => {
    const query = understand(sentence, context, INDEX);
    const ids = new Set(people.map(({ id }) => id));
    expect(query.people.every((id) => ids.has(id))).toBe(true);
    expect(query.unresolved.length).toBeLessThanOrEqual(100);
  });

  it('looks through all names only as often as one sentence is worth', () => {
    const { people: index } = withinReason(INDEX);
    const misspelt = Array.from(
      { length: 60 },
      (_, no) => `holbersxn${'abcdefghijklmnopqrstuvwxyz'[no % 26]}${'ab'[Math.floor(no / 26) % 2]}`,
    );
    for (const word of misspelt) nameWords(index, word);
    expect(nameWords(INDEX.people, 'holbersan').length).toBeGreaterThan(0);
    expect(nameWords(index, 'holbersan')).toEqual([]);
  });

  it('may hold many spaces before what could be a reason', () => {
    const spaces = ' '.repeat(50_000);
    expect(splitReason(`snooze E3${spaces}- moving`)).toEqual({ said: 'snooze E3', reason: 'moving' });
    expect(splitReason(`snooze E3${spaces}`).reason).toBeNull();
  });

  it.each([
    ['zero-width spaces', 'who​ changed Ri\u200bck’s lic\u00adense'],
    ['marks that change the direction', '\u202ewho changed Rick’s license\u202c'],
    ['letters as wide as Chinese ones', 'ｗｈｏ changed Rick’s license'],
    ['combining characters', 'who changed Ri\u0301ck’s license'],
  ])('is understood in spite of %s', (_what, sentence) => {
    expect(told(read(sentence))).toMatchObject({ intent: 'who-changed', people: ['rick'], unresolved: [] });
  });
});
