import type { FileFormat } from '../query.ts';

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
