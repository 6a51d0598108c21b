import { capitalised } from '../../domain/english.ts';
import type { UnderstandContext } from '../../language/query.ts';

type Names = UnderstandContext['directory'];

const QUESTION = /^(who|what|which|how|why|when|where|is|are|does|do)\b/i;
const UPN = /[^\s@]+@[^\s@]+/g;
const PART_NUMBER = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|\b[A-Z]{6,}\b/g;

/** A longer title is cut on a phone: then a person's first name has to do. */
export const ROOM = 34;

/**
 * What the buttons that ask these sentences are called: "Who lost Visio Plan 2 this month?" for "who lost VISIOCLIENT
 * this month". The sentences keep the names that nobody else has. Two buttons never have the same title.
 */
export function nextTitles(sentences: readonly string[], { people, skus }: Names): string[] {
  const person = (upn: string): string =>
    people.find(({ userPrincipalName }) => isSameName(userPrincipalName, upn))?.displayName ?? upn;
  const product = (partNumber: string): string =>
    skus.find((sku) => sku.partNumber.toLowerCase() === partNumber.toLowerCase())?.displayName ?? partNumber;
  const titled = (sentence: string, name: (upn: string) => string): string =>
    asTitle(sentence.replace(UPN, name).replace(PART_NUMBER, product));
  const first = (upn: string): string => person(upn).split(' ')[0] ?? upn;
  const titles = sentences.map((sentence) => {
    const title = titled(sentence, person);
    if (title.length <= ROOM) return title;
    const short = titled(sentence, first);
    return short.length <= ROOM
      ? short
      : asTitle(inShort(sentence.replace(UPN, first).replace(PART_NUMBER, product)));
  });
  // Namesakes are told apart by what they sign in with.
  return titles.map((title, index) =>
    titles.indexOf(title) === titles.lastIndexOf(title) ? title : asTitle(sentences[index] ?? title),
  );
}

/** What a sentence of ours is called where its title has no room; the maker of a product goes without saying. */
const SHORTER: readonly (readonly [RegExp, string])[] = [
  [/\bMicrosoft (?:365 )?(?=[A-Z])/g, ''],
  [/^how many seats of (.+) are left$/, 'seats of $1'],
  [/^(who (?:lost|got) .+) this month$/, '$1'],
  [/^who (?:has|have) (.+)$/, 'users of $1'],
];

const inShort = (sentence: string): string =>
  SHORTER.reduce((text, [long, short]) => (text.length <= ROOM ? text : text.replace(long, short)), sentence);

/** Whatever the case; nothing is folded of the thousands that have another length. */
const isSameName = (a: string, b: string): boolean =>
  a.length === b.length && a.toLowerCase() === b.toLowerCase();

/** A sentence of ours as a title: with a capital, and a question mark where it asks. */
export const asTitle = (text: string): string =>
  `${capitalised(text)}${QUESTION.test(text) && !text.endsWith('?') ? '?' : ''}`;
