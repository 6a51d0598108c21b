import { EMPTY } from '../lexicon/lexicon.ts';
import type { DirectoryIndex } from '../names/directory-index.ts';
import { findGroup, findMisspeltGroup, groupsWith } from '../names/groups.ts';
import { isProductWordHere } from '../names/skus.ts';
import type { ReadWord } from './sentence.ts';
import type { Span } from './span.ts';

/** What a word of a group's name is worth to a reading: more than a product's, which groups are called by. */
const WEIGHT = 11;
/** What a typing error takes away. */
const TYPING_ERROR = 3;

const groupSpan = (from: number, to: number, groupIds: readonly string[], weight: number): Span => ({
  from,
  to,
  weight,
  meaning: { kind: 'group', groupIds: [...groupIds] },
});

/**
 * The groups that a sentence names: by their names, with typing errors, by a part of the name beside the word
 * "group", and those that are written like a group and are none of the tenant (no ids).
 */
export function groupSpans(words: readonly ReadWord[], index: DirectoryIndex): Span[] {
  const { groups } = index;
  const texts = words.map((word) => word.text);
  const mayBeWrong = (position: number): boolean => {
    const word = words[position];
    return word !== undefined && word.base === null && !word.ordinary && !word.inAddress;
  };
  const spans: Span[] = [];
  for (let start = 0; start < words.length; start++) {
    const hit = findGroup(groups, texts, start) ?? findMisspeltGroup(groups, texts, start, mayBeWrong);
    if (!hit || isDepartmentOfPeople(words, start, hit.length)) continue;
    const weight = hit.length * WEIGHT - hit.edits * TYPING_ERROR;
    spans.push(groupSpan(start, start + hit.length, hit.groupIds, weight));
  }
  const known = [...spans];
  const isFree = (from: number, to: number): boolean =>
    !known.some((span) => span.from < to && from < span.to);
  for (const run of [...besideGroupWord(words, index), ...compounds(words, index)]) {
    if (!isFree(run.from, run.to)) continue;
    // "LIC-E3" is not LIC-M365-E3.
    const ids = run.isCode ? [] : groupsWith(groups, texts.slice(run.from, run.to));
    if (ids.length === 0 && run.isProduct) continue;
    // A whole name, even an unknown one, says more than the product in it.
    spans.push(groupSpan(run.from, run.to, ids, (run.to - run.from) * WEIGHT + 1));
  }
  return spans;
}

/** "all sales people" are the people of a department, not the members of All Sales. */
function isDepartmentOfPeople(words: readonly ReadWord[], start: number, length: number): boolean {
  const next = words[start + length];
  const isWritten = words.slice(start, start + length).some(({ capital }) => capital);
  return !isWritten && (next?.base === 'user' || /^(?:reps?|guys|folks)$/.test(next?.text ?? ''));
}

type Run = { from: number; to: number; isProduct: boolean; isCode: boolean };

/** What a group may be like, folded: no part of its name. */
const KINDS = new Set(
  'security dynamic distribution nested parent wrong right licensing microsoft entra aad other new old same m365 big'.split(
    ' ',
  ),
);

/** Names before and after the word "group": "the Contractors group", "Gruppe Externe Berater". */
function besideGroupWord(words: readonly ReadWord[], index: DirectoryIndex): Run[] {
  const runs: Run[] = [];
  const add = (from: number, to: number): void => {
    if (from >= to) return;
    const run = words.slice(from, to);
    const isProduct = run.every(({ text }) => isProductWordHere(index.skus, text));
    runs.push({ from, to, isProduct, isCode: false });
  };
  for (const [at, word] of words.entries()) {
    if (word.base !== 'group' || word.inAddress) continue;
    let from = at;
    while (from > 0 && isOfName(words[from - 1], words[from])) from--;
    // "Is Lee in the group": a person before the word is nobody's group.
    add(from, words.slice(from, at).some(({ names }) => names.length > 0) ? from : at);
    let to = at + 1;
    while (to < words.length && !words[to]?.afterComma && isOfName(words[to], words[to + 1], true)) to++;
    if (words.slice(at + 1, to).every(({ names }) => names.length === 0)) add(at + 1, to);
  }
  return runs;
}

/** Whether a word may belong to the name of a group beside "group": written like a name, or nobody's word. */
function isOfName(word: ReadWord | undefined, next: ReadWord | undefined, after = false): boolean {
  if (!word || word.possessive || word.inAddress || KINDS.has(word.text)) return false;
  if (word.base === EMPTY && !(after && word.capital)) return false;
  if (!after && next?.afterComma) return false;
  if (/\d/.test(word.text)) return true;
  if (!/^\p{L}/u.test(word.text)) return false;
  const isKnown = word.base !== null && word.base !== 'department' && !(word.corrected && word.capital);
  // "The group All Sales": behind the word a known one, written like a name, is a part of it.
  if (isKnown && !(after && word.capital && word.names.length === 0)) return false;
  return word.capital || (!after && !word.ordinary);
}

/** How the names of groups often begin, folded. */
const PREFIXES = new Set(
  'lic lics license licence sg grp group gg ug dl sec aad app role prj team m365lic'.split(' '),
);
/** What stands before a hyphen and is no name. */
const NO_NAMES = new Set('non pre post ex anti semi nicht niet no sub co'.split(' '));

/** Words joined with hyphens or underscores that are written like a group's name: "LIC-E3", "SG_Visio_Users". */
function compounds(words: readonly ReadWord[], index: DirectoryIndex): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < words.length; from++) {
    let to = from + 1;
    while (to < words.length && /^[-_]$/.test(words[to]?.glue ?? '') && words[to]?.inAddress === false) to++;
    const run = words.slice(from, to);
    const [first, ...rest] = run;
    const isPartNumber = index.skus.byPartNumber.has(run.map(({ text }) => text).join(' '));
    if (!isPartNumber && first && rest.length > 0 && isLikeGroup(first, rest, index))
      runs.push({ from, to, isProduct: false, isCode: true });
    from = to - 1;
  }
  return runs;
}

function isLikeGroup(first: ReadWord, rest: readonly ReadWord[], index: DirectoryIndex): boolean {
  if (first.inAddress || NO_NAMES.has(first.text) || !/^\p{L}/u.test(first.text)) return false;
  if (PREFIXES.has(first.text)) return true;
  const isForeign = first.base === null && first.names.length === 0 && first.capital;
  const isProduct = (word: ReadWord): boolean => isProductWordHere(index.skus, word.text);
  return isForeign && !isProduct(first) && rest.some(isProduct);
}
