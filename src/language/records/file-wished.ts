import { formatIn } from '../details/export-list.ts';
import type { FileFormat } from '../query.ts';

const EXPORTS =
  /^(?:(?:please|pls|bitte|graag|can you|could you|kannst du|kun je|s'il te pla[iî]t|por favor|per favore)[ ,]+)*(?:export(?:iere?n?|ieren|eer|eren|er|ez|e|ar|a)?|esporta(?:re)?|download|lade|descarga|scarica|t[eé]l[eé]charge[rz]?)\s+(?:me |mir |mij |the |a list of |die |de |les |las |los |le |i |gli |os |as )?/iu;
const AS_FILE =
  /\s*\b(?:as|als|into|in|to|naar|nach|en|como|come|em|au format)\s+(?:an?\s+|een\s+|eine?\s+|un[ea]?\s+|um\s+)?(?:csv|excel|spreadsheet|ndjson|json|file|datei|bestand|fichier|archivo|ficheiro)(?:[ -]?(?:file|datei|bestand))?\b(?!\.)/iu;

/** The question without the wish for a file, and the format that is wished; null for no file. */
export function fileWished(text: string): { question: string; format: FileFormat | null } {
  const isWish = EXPORTS.test(text) || AS_FILE.test(text);
  if (!isWish) return { question: text, format: null };
  const question = text.replace(EXPORTS, '').replace(AS_FILE, ' ').trim();
  return { question, format: formatIn(AS_FILE.exec(text)?.[0] ?? '') ?? 'csv' };
}
