import type { DirectoryGroup } from '../query.ts';
import { wordsOf } from './fold.ts';

/** The groups that give licenses, by the words of their names. */
export type GroupIndex = { byName: ReadonlyMap<string, string[]>; longest: number };

export function indexGroups(groups: readonly DirectoryGroup[]): GroupIndex {
  const byName = new Map<string, string[]>();
  let longest = 0;
  for (const group of groups) {
    const words = wordsOf(group.displayName);
    longest = Math.max(longest, words.length);
    const name = words.join(' ');
    byName.set(name, [...(byName.get(name) ?? []), group.id]);
  }
  return { byName, longest };
}

/** The longest group name that begins at `start`; null where none begins. Several groups may bear one name. */
export function findGroup(
  { byName, longest }: GroupIndex,
  words: readonly string[],
  start: number,
): { length: number; groupIds: string[] } | null {
  for (let length = Math.min(longest, words.length - start); length > 0; length--) {
    const groupIds = byName.get(words.slice(start, start + length).join(' '));
    if (groupIds) return { length, groupIds };
  }
  return null;
}
