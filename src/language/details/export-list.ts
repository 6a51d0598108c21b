import { fold } from '../names/fold.ts';
import type { FileFormat, Query } from '../query.ts';

/** How people say what is to be done with the list, in the languages of the lexicon; the rest says which list. */
const EXPORT_WORDS =
  /\b(?:export(?:s|ed|ing|iere?n?|ieren|eer|eren|er|ez|e|ar|a)?|download|please|bitte|graag|aub)\b/giu;
const FORMAT_WORDS =
  /\b(?:(?:as|in|to|into|als|naar|nach|en|au format|como)\s+)?(?:an?\s+|een\s+|eine\s+|un\s+)?(?:csv|excel|spreadsheet|ndjson|json(?:\s*lines|l)?|file|datei|bestand)\b/giu;
const NDJSON = /\b(?:ndjson|json(?:\s*lines|l)?)\b/iu;
const CSV = /\b(?:csv|excel|xlsx|spreadsheet|tabelle|tableur|hoja de calculo)\b/iu;

/** The question that the wanted list answers: "export lost licenses as csv" → "lost licenses". */
export const listQuestion = (text: string): string =>
  text.replace(EXPORT_WORDS, ' ').replace(FORMAT_WORDS, ' ').replace(/\s+/g, ' ').trim();

/** The format that a sentence names; null when it names none. */
export const formatIn = (text: string): FileFormat | null =>
  NDJSON.test(text) ? 'ndjson' : CSV.test(text) ? 'csv' : null;

const FILLERS =
  '(?:all|every|the|our|current|a|an|list|report|overview|table|of|us|me|give|with|and|alle|alles|die|der|unsere|aktuellen?|' +
  'onze|de|het|een|toutes?|tous|les|nos|des|la|liste|todas?|todos|las|los|nuestras|lista|tutte|le|nostre|as|nossas)';
const LICENSES =
  '(?:user )?(?:licen[sc]es?|lizenzen|licenties|licencias|licenze|licencas)(?: assignments?| list| report| overview)?';
const EVERYBODY =
  '(?:of|for|by|per|von|van|de|para|pour) (?:all |the |our |alle[nr]? |tous |todos )?(?:everybody|everyone|users?|people|employees|staff|' +
  'benutzern?|gebruikers|iedereen|jedem|allen|utilisateurs|usuarios)';
const ONLY_LICENSES = new RegExp(`^(?:${FILLERS} )*${LICENSES}(?: ${EVERYBODY})?$`);
const LICENSES_AT_A_PLACE = new RegExp(
  `^(?:${FILLERS} )*${LICENSES} (?:of|in|for|from|at|by|by group|von|im|aus|van|uit|de|du|en|dans|del) `,
);

/** Whether a list is that of everybody's licenses: "licenses", "all licenses in Sales". @param read what it was read as */
export function isEverybodysLicenses(question: string, read: Query): boolean {
  const said = fold(question)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  if (read.people.length > 0 || read.skus.length > 0) return false;
  const isPlace =
    read.groups.length > 0 ||
    read.departments !== undefined ||
    read.countries !== undefined ||
    read.except !== undefined;
  return ONLY_LICENSES.test(said) || (isPlace && LICENSES_AT_A_PLACE.test(said));
}
