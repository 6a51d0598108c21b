import type { AuditingAsked } from '../query.ts';

/** Words about the logs in five languages; the intent says already that the sentence is about them. */
const ABOUT =
  /audit|[uü]berwachung|\brecording (?:audit|user|admin|events?|activit)|\bunified|\blog(?:s|ging|boek|data)?\b|protokoll|\bjournau?x?\b|\bjournal|\bregistros?\b|\bUAL\b|grabaci[oó]n/i;
const HOW =
  /\bhoe\b.*\b(?:zet|schakel|krijg)\b.*\b(?:aan|in)\b|\bwie\b.*\b(?:schalte|mache|stelle?)\b.*\b(?:ein|an)\b|\b(?:how|where|need|have|steps?|can you|can i|should|wie|wo|muss|kann ich|hoe|waar|moet|kan ik|comment|où|faut-il|puis-je|c[oó]mo|d[oó]nde|tengo que|hay que|puedo)\b.*(?:\b(?:turn|switch|enable|activ|start|einschalt|aktivier|aanzet|inschakel|schakel|allume|habilit|encend)|\banzumachen|\baan te zetten)/iu;
const KEPT =
  /\b(?:keeps?|kept|retention|retain|stored?|preserve|how long|how far back|how old|go back|expires?|for (?:a|one|\d+) (?:year|month|day)s?|how many (?:days|months|years))|aufbewahr|aufheb|aufgehoben|wie lange|wie weit zur[uü]ck|gespeichert|bewa(?:ar|re)|hoe lang|hoe ver|rétention|retention|conserv|combien de (?:jours|temps|mois)|\bgard(?:e|ez|ée?s?)\b|remontent|\bguarda|retenci[oó]n|cu[aá]nto tiempo|cu[aá]ntos d[ií]as/iu;
/** How late records come is no matter of how long they stay. */
const LATE = /\b(?:late|delay|until an? |takes?|take)\b|dauert|duurt|retard|tarda/i;
const STATE =
  /^(?:are|do) (?:we|you)\b.*\brecord|\b(?:on(?!\s+(?:the|mon|tue|wed|thu|fri|sat|sun|my|our|\d))|off|enabled|disabled|active|running|switched|turned)\b|eingeschaltet|ausgeschaltet|aktiv(?!it)|\b(?:an|aus)\s*[?.!]*$|(?:auditing|audit) (?:gerade |jetzt |denn )?(?:an|aus)\b|\bstaat\b.*\b(?:aan|uit)\b|ingeschakeld|uitgeschakeld|activ[ée]e?(?!\p{L})|d[ée]sactiv|activad|encendid|apagad|habilitad/iu;
const COMPLETE =
  /\b(?:complete|until|up to|missing|miss|lose|lost|gaps?|holes?)\b|vollst[aä]ndig|l[uü]cken|verloren|compleet|volledig|gaten|verloren|\bcompl[eè]te?s?\b|complet[oa]s?\b|\btrous\b|manqu|huecos|\bfalt[aóo]/iu;

/** What a sentence about the logs asks about auditing, or about how long they are kept; null for how complete they are. */
export function auditingAsked(text: string): AuditingAsked | null {
  if (COMPLETE.test(text)) return null;
  if (KEPT.test(text) && !LATE.test(text)) return 'retention';
  if (!ABOUT.test(text)) return null;
  if (HOW.test(text)) return 'how-to';
  return STATE.test(text) ? 'state' : null;
}
