import { otherWordsFor } from './department-words.ts';
import { wordsOf } from './fold.ts';

/** The departments of the tenant's people, by the words of their names. */
export type DepartmentIndex = { byName: ReadonlyMap<string, string>; longest: number };

/**
 * Prepares names of departments for finding them in a sentence, whatever the case and accents, and by what the other
 * languages call them.
 */
export function indexDepartments(names: readonly string[]): DepartmentIndex {
  const byName = new Map<string, string>();
  let longest = 0;
  for (const name of names) {
    const words = wordsOf(name);
    if (words.length === 0) continue;
    longest = Math.max(longest, words.length);
    if (!byName.has(words.join(' '))) byName.set(words.join(' '), name);
  }
  for (const [words, name] of [...byName]) {
    for (const other of otherWordsFor(words)) {
      if (!byName.has(other)) byName.set(other, name);
      longest = Math.max(longest, other.split(' ').length);
    }
  }
  return { byName, longest };
}
