import type { DirectoryGroup } from '../query.ts';
import { editDistance, forgiven } from './edit-distance.ts';
import { firstWords, wordsOf } from './fold.ts';

type IndexedGroup = { id: string; words: readonly string[] };

/** The groups that give licenses, by the words of their names. */
export type GroupIndex = {
  byName: ReadonlyMap<string, readonly string[]>;
  /** The first words of these names. */
  starts: ReadonlySet<string>;
  /** Names written in one go: "licm365e3". */
  byJoined: ReadonlyMap<string, readonly string[]>;
  byWord: ReadonlyMap<string, readonly IndexedGroup[]>;
  longest: number;
};

/** Groups in a sentence. Several ids mean that they fit equally well. */
export type GroupHit = { length: number; groupIds: readonly string[]; edits: number };

/** A word in so many names tells nothing: a search by it would read them all. */
const MAX_COMPARED = 200;
/** Words of names that many groups bear: "All", "Team". */
const TELLS_NOTHING = new Set(
  'all team the group gruppe groep groupe grupo users user lic licenses sg grp'.split(' '),
);

export function indexGroups(groups: readonly DirectoryGroup[]): GroupIndex {
  const byName = new Map<string, string[]>();
  const byJoined = new Map<string, string[]>();
  const byWord = new Map<string, IndexedGroup[]>();
  let longest = 0;
  for (const { id, displayName } of groups) {
    const words = wordsOf(displayName);
    if (words.length === 0) continue;
    longest = Math.max(longest, words.length);
    post(byName, words.join(' '), id);
    if (words.length > 1) post(byJoined, words.join(''), id);
    for (const word of new Set(words)) post(byWord, word, { id, words });
  }
  return { byName, starts: firstWords([...byName.keys()]), byJoined, byWord, longest };
}

function post<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** The longest group name that begins at `start`, as it is or in one word; null where none begins. */
export function findGroup(
  { byName, starts, byJoined, longest }: GroupIndex,
  words: readonly string[],
  start: number,
): GroupHit | null {
  const most = starts.has(words[start] ?? '') ? Math.min(longest, words.length - start) : 0;
  for (let length = most; length > 0; length--) {
    const groupIds = byName.get(words.slice(start, start + length).join(' '));
    if (groupIds) return { length, groupIds, edits: 0 };
  }
  const joined = byJoined.get(words[start] ?? '');
  return joined ? { length: 1, groupIds: joined, edits: 0 } : null;
}

/**
 * The group whose name begins at `start` with one or two typing errors in words that `mayBeWrong`; another digit is
 * another group. One word of the name must be right.
 */
export function findMisspeltGroup(
  { byWord }: GroupIndex,
  words: readonly string[],
  start: number,
  mayBeWrong: (position: number) => boolean,
): GroupHit | null {
  const near = [start, start + 1].flatMap((position) => byWord.get(words[position] ?? '') ?? []);
  if (near.length > MAX_COMPARED) return null;
  const found: GroupHit[] = [];
  for (const group of near) {
    const length = group.words.length;
    if (length < 2 || start + length > words.length) continue;
    const edits = editsBetween(group.words, words, start, mayBeWrong);
    if (edits === null || edits === 0 || edits > 2) continue;
    found.push({ length, groupIds: [group.id], edits });
  }
  const fewest = Math.min(...found.map(({ edits }) => edits));
  const [best, ...others] = found.filter(({ edits }) => edits === fewest);
  if (!best) return null;
  return { ...best, groupIds: [...new Set([best, ...others].flatMap(({ groupIds }) => groupIds))] };
}

function editsBetween(
  name: readonly string[],
  words: readonly string[],
  start: number,
  mayBeWrong: (position: number) => boolean,
): number | null {
  let edits = 0;
  for (const [offset, own] of name.entries()) {
    const said = words[start + offset] ?? '';
    if (said === own) continue;
    if (/\d/.test(said + own) || !mayBeWrong(start + offset)) return null;
    const allowed = forgiven(said, own);
    const wrong = editDistance(said, own, allowed);
    if (wrong > allowed) return null;
    edits += wrong;
  }
  return edits;
}

/** The groups whose names hold all of these words, of which one tells something: "the Sales group" is All Sales. */
export function groupsWith({ byWord }: GroupIndex, words: readonly string[]): readonly string[] {
  const telling = words.find((word) => !TELLS_NOTHING.has(word));
  const named = telling === undefined ? [] : (byWord.get(telling) ?? []);
  if (named.length > MAX_COMPARED) return [];
  return named.filter((group) => words.every((word) => group.words.includes(word))).map(({ id }) => id);
}
