import { indexGroups } from '../language/names/groups.ts';
import type { Intent, Query } from '../language/query.ts';
import type { GroupFacts } from './answer/group-facts.ts';
import type { LoadedDirectory } from './scope/directory.ts';

const ABOUT_GROUPS: ReadonlySet<Intent> = new Set(['assign', 'remove']);
/** Words of a name of a group. */
const LONGEST = 5;
/** As many names as one request asks for. */
const MAX_NAMES = 15;
/** What a name may begin with: it is written like one, or stands beside the word for a group. */
const LIKE_A_NAME = /^[\p{Lu}\d]|[-_\d]/u;
const GROUP_WORD = /^(?:groups?|groep|gruppe|groupe|grupo|gruppo)$/iu;

/**
 * The names that a sentence may use, with those groups in it that give no license yet: no scan keeps them, so they are
 * looked up in the directory. Null where the sentence asks for nothing of a group, or names none.
 */
export async function withGroupsSaid(
  { intent, ask = [], people, skus, unresolved }: Query,
  text: string,
  { directory, index }: LoadedDirectory,
  facts: GroupFacts | null,
): Promise<LoadedDirectory | null> {
  const isOfGroup = [intent, ...ask].some((one) => ABOUT_GROUPS.has(one));
  const isWhole = people.length > 0 && skus.length > 0 && unresolved.length === 0;
  if (facts === null || !isOfGroup || isWhole) return null;
  const known = new Set(directory.groups.map(({ id }) => id));
  const names = namesIn(text);
  const found = names.length === 0 ? [] : await facts.named(names);
  const strange = found.filter(({ id }) => !known.has(id));
  if (strange.length === 0) return null;
  const all = [...directory.groups, ...strange.map(({ id, displayName }) => ({ id, displayName }))];
  return { directory: { ...directory, groups: all }, index: { ...index, groups: indexGroups(all) } };
}

/** Runs of words that may be the name of a group, the longest first. */
function namesIn(text: string): string[] {
  const words = text.split(/\s+/).map((word) => word.replace(/^[“"'(]+|[”"'),.:;?!]+$/gu, ''));
  const runs: { length: number; name: string }[] = [];
  for (const [from, word] of words.entries()) {
    const isBeside = GROUP_WORD.test(words[from - 1] ?? '');
    // What begins a sentence is written large whatever it is.
    if (!isBeside && (from === 0 || !LIKE_A_NAME.test(word))) continue;
    for (let length = 1; length <= LONGEST && from + length <= words.length; length++) {
      runs.push({ length, name: words.slice(from, from + length).join(' ') });
    }
  }
  const names = runs.sort((a, b) => b.length - a.length).map(({ name }) => name);
  return [...new Set(names)].filter((name) => name !== '' && name.length <= 256).slice(-MAX_NAMES);
}
