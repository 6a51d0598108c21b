import { closestWords } from './close-words.ts';
import type { DirectoryIndex } from './directory-index.ts';
import { findPeople, nameWords } from './find-person.ts';
import { wordsOf } from './fold.ts';

const MAX_NEAR = 8;

/**
 * The people that a name may mean: `fits` when several fit equally well, else the `near` ones, whose names look
 * like it or begin like it. Ids, in the order of the directory.
 */
export function peopleLike(name: string, { people }: DirectoryIndex): { fits: string[]; near: string[] } {
  const words = wordsOf(name);
  const candidates = words.map((word) => nameWords(people, word));
  const whole = findPeople(people, words, candidates, 0, words.length).find(
    ({ length }) => length === words.length,
  );
  if (whole && whole.ids.length > 1) return { fits: whole.ids, near: [] };
  const near = new Set<number>();
  for (const word of words) {
    for (const similar of similarWords(people.byWord, people.close, word)) {
      for (const position of people.byWord.get(similar) ?? []) {
        if (near.size < MAX_NEAR) near.add(position);
      }
    }
  }
  const ids = [...near].sort((a, b) => a - b).flatMap((position) => people.people[position]?.id ?? []);
  return { fits: [], near: [...new Set([...(whole?.ids ?? []), ...ids])] };
}

/** The people that "Which Chris?" offers, in the order in which they are shown: those that fit, else the near ones. */
export function offered(name: string, index: DirectoryIndex): string[] {
  const { fits, near } = peopleLike(name, index);
  return fits.length > 0 ? fits : near;
}

/** Words of the directory with at most two letters wrong, then those that begin with the same three. */
function similarWords(
  byWord: ReadonlyMap<string, unknown>,
  close: Parameters<typeof closestWords>[0],
  word: string,
): string[] {
  const wrong =
    word.length >= 4 ? closestWords(close, word, { allowed: () => 2 }).map((found) => found.word) : [];
  const exact = byWord.has(word) ? [word] : [];
  const begin = word.slice(0, 3);
  const alike: string[] = [];
  if (begin.length === 3) {
    for (const known of byWord.keys()) {
      if (known.startsWith(begin)) alike.push(known);
      if (alike.length >= MAX_NEAR) break;
    }
  }
  return [...new Set([...exact, ...wrong, ...alike])];
}
