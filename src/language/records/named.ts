/** What questions about audit records name that is in no directory: sites, addresses, apps, files, workloads, texts. */
import { EXTENSION, fold } from './fold.ts';

/** IPv4 and IPv6 addresses. */
const ADDRESS =
  /(?<![\w.:])(?:(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\w)|(?=[0-9a-f:]*:[0-9a-f:]*:)(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:]))/giu;
const QUOTED = /["“„«]\s*([^"”“»]{2,80}?)\s*["”“»]/u;
const FILE_NAME = new RegExp(
  `(?<![\\p{L}\\p{N}])([\\p{L}\\p{N}_()&+-]+\\.(?:${EXTENSION}))(?![\\p{L}\\p{N}])`,
  'iu',
);
const MAIL_ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/u;

const NAME = '[\\p{L}\\p{N}][\\p{L}\\p{N}_-]*';
const SITES: readonly RegExp[] = [
  new RegExp(`sharepoint\\.[\\w.]+/(?:sites|teams|personal)/(${NAME})`, 'iu'),
  new RegExp(
    `\\b(?:sites?|sitio|sito|share ?point[- ]?(?:site|seite))\\s+(?:called |named |namens |genaamd |de |del |du |da |do |di |")?["“„]?(${NAME})`,
    'iu',
  ),
  new RegExp(`\\b(${NAME})(?:['’]s)?(?: share ?point)?[- ](?:team ?)?sites?\\b`, 'iu'),
  new RegExp(`\\b(?:the|from|on|in|to|of|our)\\s+(${NAME})(?:['’]s)?\\s+(?:share|library)\\b`, 'iu'),
];
const NO_SITE =
  /^(?:the|a|an|our|this|that|any|all|new|some|every|which|what|each|team|teams|sharepoint|share|die|der|das|den|dem|ein|eine|einer|neue|de|het|een|nieuwe|le|la|les|un|une|il|lo|uno|una|gli|i|o|os|as|um|uma|el|los|las|since|over|during|at|in|on|of|last|today|yesterday|this|was|were|is|are|had|has|admins?|permissions?|and|or|created|deleted|changed|gestern|heute|diesen|gisteren|vandaag|deze|hier|ce|ayer|hoy|este|esta|ieri|oggi|questo|ontem|hoje|with|by|from|to)$/iu;
const THE_APP =
  /\b(?:app|application|anwendung|applicatie|toepassing|aplicaci[oó]n|applicazione|aplica[cç][aã]o|aplicativo)\s+(?:called |named |namens |genaamd )?["“„]?(\p{Lu}[\p{L}\p{N}_-]*(?: \p{Lu}[\p{L}\p{N}_-]*){0,3})/u;

/** Workloads by what people call them, with the values that records have. */
const WORKLOADS: readonly (readonly [RegExp, string, readonly string[]])[] = [
  [/\bexchange\b/, 'Exchange', ['Exchange']],
  [/\bone ?drive\b/, 'OneDrive', ['OneDrive']],
  [/\bpower ?bi\b/, 'Power BI', ['PowerBI']],
  [/\b(?:microsoft |ms )?forms\b/, 'Forms', ['MicrosoftForms']],
  [/\bpower ?apps\b/, 'Power Apps', ['PowerApps']],
  [/\b(?:power automate|microsoft flow)\b/, 'Power Automate', ['MicrosoftFlow', 'PowerAutomate']],
  [/\bplanner\b/, 'Planner', ['Planner', 'MicrosoftPlanner']],
  [/\b(?:yammer|viva engage)\b/, 'Viva Engage', ['Yammer']],
  [/\bstream\b/, 'Stream', ['MicrosoftStream']],
  [/\b(?:copilot)\b/, 'Copilot', ['Copilot']],
  [/\bintune\b/, 'Intune', ['Endpoint', 'Intune']],
  [
    /\b(?:entra(?: id)?|azure ad|active directory)\b/,
    'Entra ID',
    ['AzureActiveDirectory', 'Core Directory', 'PIM'],
  ],
  [/\bshare ?point\b/, 'SharePoint', ['SharePoint']],
  [/\bteams\b/, 'Teams', ['MicrosoftTeams']],
];

export type Named = {
  site?: string;
  address?: string;
  app?: string;
  /** A file or another thing, by what it may be called: the longest last. */
  things?: string[];
  quoted?: string;
  workload?: { name: string; values: readonly string[] };
};

/** The sentence with spaces for what would be read as something else: a number of an address is no day. */
export const withoutAddresses = (sentence: string): string =>
  sentence.replace(ADDRESS, (address) => ' '.repeat(address.length));

/** What a sentence names. */
export function namedIn(text: string): Named {
  const site = siteIn(text);
  const address = [...text.matchAll(ADDRESS)].map(([one]) => one).find(isAddress);
  const quoted = QUOTED.exec(text)?.[1];
  const app = THE_APP.exec(text)?.[1];
  const things = thingsIn(text, quoted);
  const workload = workloadIn(text);
  return {
    ...(site ? { site } : {}),
    ...(address ? { address } : {}),
    ...(app ? { app } : {}),
    ...(things.length > 0 ? { things } : {}),
    ...(quoted && quoted !== site && quoted !== app && !things.includes(quoted) ? { quoted } : {}),
    ...(workload ? { workload } : {}),
  };
}

/** A time of day has colons, too. */
const isAddress = (text: string): boolean => text.includes('.') || /[0-9a-f]{3,4}:|::/i.test(text);

function siteIn(text: string): string | undefined {
  const named = SITES.map((site) => site.exec(text)?.[1]);
  return named.find((one) => one !== undefined && !NO_SITE.test(one));
}

/** Words that stand before the name of a file and are none of it. */
const BEFORE_FILE =
  /^(?:the|a|file|document|folder|named|called|opened|deleted|read|of|on|to|with|for|at|die|der|das|datei|dokument|hat|von|het|de|een|bestand|document|heeft|van|le|la|un|fichier|du|ouvert|el|archivo|il|documento|o|ficheiro|arquivo|and|or|has|have|did|who|is|was)$/iu;
const MOST_WORDS = 5;

/** "Price list.xlsx" may be all of it, or a list.xlsx of which something else is said. */
function thingsIn(text: string, quoted: string | undefined): string[] {
  if (quoted !== undefined && FILE_NAME.test(quoted)) return [quoted];
  const file = FILE_NAME.exec(text);
  if (!file?.[1]) return MAIL_ADDRESS.exec(text)?.slice(0, 1) ?? [];
  const before = text.slice(0, file.index).trimEnd().split(/\s+/);
  const names = [file[1]];
  for (const word of before.toReversed()) {
    if (names.length >= MOST_WORDS || !/^[\p{L}\p{N}_()&+-]+$/u.test(word) || BEFORE_FILE.test(word)) break;
    names.push(`${word} ${names.at(-1)}`);
  }
  return names;
}

function workloadIn(text: string): Named['workload'] {
  const folded = fold(text);
  const [, name, values] = WORKLOADS.find(([pattern]) => pattern.test(folded)) ?? [];
  return name && values ? { name, values } : undefined;
}
