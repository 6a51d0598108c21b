import { fold } from '../names/fold.ts';

const FIRST =
  '(?:top|first|last|latest|newest|oldest|ersten?|letzten?|neuesten?|eerste|laatste|nieuwste|premiers?|premieres?|derniers?|dernieres?|primer[oa]s?|ultim[oa]s?)';
const TIME =
  '(?:min|hour|day|week|month|year|quarter|night|weekend|std|stund|tag|woche|monat|jahr|uur|uren|dag|maand|jaar|heure|jour|semaine|mois|an\\b|ans\\b|hora|dia|mes|ano|of|st\\b|nd\\b|th\\b|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)';
const LIMIT = new RegExp(
  `\\b(?:the |die |de |les |los |las )?${FIRST} (\\d{1,3})\\b(?![.:/-]\\d)(?! (?:\\w+ )?${TIME})|\\b(\\d{1,3}) (?:most recent|latest|newest|neuesten|nieuwste|derniers|ultimos)\\b(?! ${TIME})`,
);

/** How many rows a sentence wants: "the last 5 changes" → 5; null when it does not say. "The last 5 days" is a time. */
export function limitIn(text: string): number | null {
  const found = LIMIT.exec(fold(text));
  const number = Number(found?.[1] ?? found?.[2] ?? 0);
  return number > 0 ? number : null;
}
