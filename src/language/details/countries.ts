import { wordsOf } from '../names/fold.ts';

const LANGUAGES = ['en', 'de', 'nl', 'fr', 'es'] as const;
const A = 65;
const LETTERS = Array.from({ length: 26 }, (_, index) => String.fromCharCode(A + index));
/** How people call countries besides: folded words and the code. */
const CALLED_TOO: Readonly<Record<string, string>> = {
  holland: 'NL',
  england: 'GB',
  scotland: 'GB',
  britain: 'GB',
  'great britain': 'GB',
  america: 'US',
  'the states': 'US',
  'united states of america': 'US',
  usa: 'US',
  czechia: 'CZ',
  'czech republic': 'CZ',
  turkey: 'TR',
};

const ZONES = new Set('EU EZ UN ZZ XA XB QO AC CP DG EA IC TA'.split(' '));

let codes: ReadonlyMap<string, string> | undefined;

/**
 * The two-letter code (ISO 3166-1, as Graph's `usageLocation`) of a country by its name in English, German, Dutch,
 * French or Spanish, folded and with spaces; undefined for what is none. "Germany", "Deutschland" → "DE".
 */
export function countryCode(name: string): string | undefined {
  codes ??= namesOfCountries();
  return codes.get(name);
}

/** More words than a country's name has. */
export const MAX_COUNTRY_WORDS = 4;

function namesOfCountries(): Map<string, string> {
  const found = new Map(Object.entries(CALLED_TOO));
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const all = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  // Codes of countries that are no more have another one now; zones such as "EU" are no usage locations.
  const current = all.filter(
    (code) =>
      english.of(code) !== undefined && !ZONES.has(code) && new Intl.Locale(`und-${code}`).region === code,
  );
  for (const language of LANGUAGES) {
    const names = new Intl.DisplayNames(language, { type: 'region' });
    for (const code of current) {
      const folded = wordsOf(names.of(code) ?? code).join(' ');
      if (!found.has(folded)) found.set(folded, code);
    }
  }
  return found;
}
