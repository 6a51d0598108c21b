/** Letters that Unicode does not take apart into a base letter and a mark. */
const UNDIVIDED: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

/** How these letters are written where the keyboard lacks them: Müller as Mueller, Åkesson as Aakesson. */
const SPELLED_OUT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };

const APOSTROPHES = /['’‘ʼ`´]/g;
const NOT_PLAIN = /[^\x20-\x7e]/;

/** Takes any text, returns it in lower case without accents and apostrophes: "Siobhán O’Brien" → "siobhan obrien". */
export function fold(text: string): string {
  const lower = text.toLowerCase().replace(APOSTROPHES, '');
  // Most names are plain, and a directory holds hundreds of thousands of them.
  if (!NOT_PLAIN.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[øłđðþßæœı]/g, (letter) => UNDIVIDED[letter] ?? letter);
}

/** The other usual spelling of a name with umlauts, folded; the same as `fold` when there is none. */
export const foldSpelledOut = (text: string): string =>
  fold(
    text
      .toLowerCase()
      .normalize('NFC')
      .replace(/[äöüåø]/g, (letter) => SPELLED_OUT[letter] ?? letter),
  );

/** The first words of texts whose words have one space between them. */
export const firstWords = (texts: readonly string[]): ReadonlySet<string> =>
  new Set(texts.map((text) => text.split(' ', 1)[0] ?? ''));

/** The folded words of a name, an address or a part number, whatever stands between them. */
export const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
