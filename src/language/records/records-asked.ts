/** What a question about audit records of any kind asks for: deleted files, failed sign-ins, new admins. */
import { rightsAsked } from '../details/rights.ts';
import { writes } from '../facts.ts';
import type { Intent, Query, RecordsAsked } from '../query.ts';
import { type ActivitySaid, activitySaid } from './activity-said.ts';
import { says } from './concepts.ts';
import { fileWished } from './file-wished.ts';
import { fold } from './fold.ts';
import { type Named, namedIn } from './named.ts';

/** "record 1c7412a6-…", in seven languages: one record by its id. */
const RECORD =
  /(?:\brecords?|datensatz|eintrag|logregel|enregistrement|registro|registo)\s+((?:[A-Za-z]+_)?[0-9a-f]{8}-[0-9a-f-]{27}[\w-]*)/iu;

/** What comes before a question or the name of a list. */
const BEFORE =
  "(?:so|and|hey|hi|hello|please|pls|can you|could you|would you|i (?:want|need|would like) to (?:know|see)|i'd like to (?:know|see)|do you know|tell|show|list|give|find|get|display|search|me|us|all|the|any|every|a list of|zeig|zeige|liste?|gib|bitte|such|suche|mir|uns|alle|die|das|toon|laat|geef|zoek|zien|me|mij|graag|de|het|montre|montrez|affiche|donne|liste|cherche|moi|nous|tous|toutes|les|la|le|s'il te plait|muestra|muestrame|dame|lista|busca|todos|todas|los|las|mostra|mostrami|mostrame|mostre|elenca|dammi|cerca|procura|tutti|tutte|i|gli|il|lo|o|os|as|um|uma)";
/** An instruction is carried out elsewhere, or not at all: it is no question. Folded. */
const INSTRUCTS = new RegExp(
  `^(?:${BEFORE}[ ,:]+)*(?:(?:don't|do not|never) )?(?:delete|remove|erase|share|create|make|add|invite|forward|open|read|reset|give|grant|assign|take|revoke|block|disable|enable|rename|move|copy|upload|download|export|send|sign(?![- ]?in)|log(?![- ]?(?:in|on)|s)|set|turn|switch|stop|start|restore|undo|change|edit|update|promote|register|loesche?|losche?|entferne?|teile?|erstelle?|lege|offne|sende|lade|gib|setze?|schalte?|andere?|benenne?|verschiebe?|verwijder|wis|deel|maak|voeg|open|stuur|geef|zet|schakel|wijzig|hernoem|verplaats|download|exporteer|supprimez?|supprimer|efface[rz]?|partage[rz]?|cree[rz]?|ajoute[rz]?|invite[rz]?|ouvre[rz]?|envoie|envoyez|donnez|active[rz]?|change[rz]?|telecharge[rz]?|exporte[rz]?|elimina|borra|comparte|crea|anade|agrega|invita|abre|envia|activa|desactiva|cambia|restablece|descarga|exporta|cancella|condividi|aggiungi|apri|manda|disattiva|scarica|esporta|elimine|apague|partilhe|compartilhe|crie|adicione|convide|abra|envie|ative|desative|altere|baixe|exporte)\\b`,
  'u',
);
/** How something is done, and whether somebody may, is no matter of what happened. Folded. */
const ASKS_HOW =
  /^(?:(?:how|where|when) (?:do|can|should|could|to|must)\b|(?:can|may|could|should|must|will|would|shall) (?!you\b)|what (?:is|are) (?:a|an|the role of)\b|wie (?:kann|mache|lege|losche|stelle|schalte)|wo (?:kann|stelle)|kann |darf |soll |muss |hoe (?:kan|moet|maak|zet|verwijder|deel)|kan |mag |moet |comment |puis-je|peut-on|peux|est-ce que je peux|dois-je|como |puedo|puede |se puede|debo|come (?:si|posso|faccio)|posso |puo |devo |pode )/u;
const LICENSES = /licen[cs]|lizenz|licentie|licenz|\bseats?\b|subscription|\bincident|\balerts?\b|\bsku/u;
/** What never happened, or last happened, is a matter of sign-ins as the directory keeps them. */
const NOT =
  /\bnot\b|n't\b|\bnever\b|\bnicht\b|\bnie(?:mals)?\b|\bniet\b|\bnooit\b|\bne\b|\bn'|\bjamais\b|\bno (?:ha|han|se|hay)\b|\bnunca\b|\bnon (?!riuscit)|\bmai\b|\bnao\b|\bsince when\b|\blast (?:signed|log|sign[- ]in)|\bletzte anmeldung|\blaatste (?:aanmelding|keer)|\bderniere connexion|\bultim[oa] (?:inicio|accesso|sessao)/u;
const ON_SITE =
  /\b(?:on|from|auf|von|op|van|sur|du|en|del|sul|sulla|dal|no|do)(?: \S+)? (?:sites?|sitio|sito)\b/u;
const SEARCHES =
  /\b(?:search|find|look|records?|such|suche|finde|zoek|vind|cherche|trouve|busca|encuentra|cerca|trova|procura|encontra)\b/u;
const ABOUT_COVERAGE =
  /\b(?:is|are|was|were)\b.*\b(?:on|off)\b|\b(?:complete|keep|keeps|kept|how long|how far|available|missing|up to date|enabled|how do|reach|begin|start|retention)\b|vollstandig|wie lange|aufbewahr|hoe lang|bewaar|volledig|combien de temps|conserv|complet|cuanto tiempo|guarda|quanto tempo|per quanto/u;

/** Who did something is asked: the people named are others. Folded. */
const WHO_ASKS =
  /^(?:\S+ ){0,3}?(?:who(?!se)(?! (?:did|has|have|had|was|were) \S+ (?:share|invite|add|give|make))|has any(?:one|body)|did any(?:one|body)|has somebody|wer|wem|hat (?:jemand|irgendwer)|wie(?! viele| vaak| oft)|heeft (?:iemand|er iemand)|qui|quelqu'un|quien(?:es)?|alguien|chi|qualcuno|quem|alguem)\b/u;
const PASSIVE =
  /\b(?:was|were|been|wurden?|werd(?:en)?|zijn|ont ete|a ete|fue(?:ron)?|sono stati|e stat[oa]|foi|foram)\b/u;

/** A question that another answer is for, whatever words it has. */
const isOther = (intent: Intent): boolean =>
  writes(intent) || intent === 'help' || intent === 'no-alert' || intent === 'cost';

export type Parts = Pick<Query, 'people' | 'skus' | 'groups' | 'range' | 'days' | 'unresolved'> & {
  departments?: string[];
};

/** What a sentence asks of audit records; null where it asks for none. @param parts all that the sentence names */
export function recordsAsked(intent: Intent, typed: string, parts: Parts): RecordsAsked | null {
  const { question: text, format } = fileWished(typed);
  const record = RECORD.exec(text)?.[1];
  if (record !== undefined) {
    const nothing = { people: [], unresolved: [], range: null, days: null };
    return { ...nothing, record, ...(format === null ? {} : { file: format }) };
  }
  const folded = fold(text);
  const isWish = writes(intent) && INSTRUCTS.test(folded);
  if (isWish || INSTRUCTS.test(folded) || ASKS_HOW.test(folded) || LICENSES.test(folded)) return null;
  const named = withoutPeople(namedIn(text), parts);
  const said = activityAsked(intent, folded, named, parts);
  if (said === 'none') return null;
  const isOfFile = named.things !== undefined || said?.activity.startsWith('file-') === true;
  const isOfOther = isOther(intent) || (intent === 'export' && format === null);
  if (isOfOther && said === null && !isOfFile) return null;
  const isWorkloadAsked = said === null && named.workload !== undefined && asksWhat(folded);
  if (parts.skus.length > 0 && !isWorkloadAsked && (said === null || !skusAreWorkload(named))) return null;
  const asked = composed(intent, folded, named, said, isWorkloadAsked, parts);
  return format === null ? asked : { ...asked, file: format };
}

/** An address that the directory knows is a person, and no thing besides. */
function withoutPeople(named: Named, { people, unresolved }: Parts): Named {
  const { things, ...rest } = named;
  const isPerson =
    people.length > 0 &&
    things?.some((thing) => thing.includes('@')) === true &&
    !unresolved.some((name) => things.some((thing) => fold(thing).includes(fold(name))));
  return isPerson ? rest : named;
}

const asksWhat = (folded: string): boolean => says(folded, 'happened') || says(folded, 'records');

/** "Teams" and "Power BI" are products, too. */
const skusAreWorkload = ({ workload }: Named): boolean => workload !== undefined;

/** What was done, as a sentence says it; `none` where it asks for nothing that records tell. */
function activityAsked(
  intent: Intent,
  folded: string,
  named: Named,
  parts: Parts,
): ActivitySaid | null | 'none' {
  const said = activitySaid(folded);
  const isTimed = parts.range !== null || parts.days !== null;
  if (said?.activity === 'compliance' && !isTimed && !WHO_ASKS.test(folded)) return 'none';
  if (said?.activity === 'signed-in' && NOT.test(folded)) return 'none';
  if (said?.activity === 'sign-in-failed' && /\bnever\b|\blast\s+(?:sign|log)/u.test(folded)) return 'none';
  // What was deleted on a site is no site.
  if (said?.operations?.[0] === 'SiteDeleted' && named.site !== undefined && ON_SITE.test(folded))
    return { activity: 'file-deleted' };
  if (said?.activity === 'group-changed' && parts.groups.length > 0) return 'none';
  if (said !== null) return said;
  const { site, address, app, things, quoted, workload } = named;
  const happened = asksWhat(folded);
  if (site !== undefined || app !== undefined || things !== undefined) {
    return happened || WHO_ASKS.test(folded) || says(folded, 'records') ? null : 'none';
  }
  if (address !== undefined) return null;
  if (quoted !== undefined && (says(folded, 'records') || SEARCHES.test(folded))) return null;
  if (workload !== undefined && happened && intent !== 'plans') return null;
  const isWholeLog = says(folded, 'records') && !says(folded, 'switched') && !ABOUT_COVERAGE.test(folded);
  return isWholeLog && isTimed && parts.people.length === 0 && parts.groups.length === 0 ? null : 'none';
}

function composed(
  intent: Intent,
  folded: string,
  named: Named,
  said: ActivitySaid | null,
  isWorkloadAsked: boolean,
  parts: Parts,
): RecordsAsked {
  const { site, address, app, things, quoted, workload } = named;
  const role = /^role-/.test(said?.activity ?? '') ? rightsAsked(folded)?.directoryRole : undefined;
  const taken = [site, address, app, quoted, workload?.name, ...(things ?? [])].flatMap((one) =>
    one ? [fold(one)] : [],
  );
  const departments = (parts.departments ?? []).filter((name) => !taken.includes(fold(name)));
  const part = parts.people.length === 0 ? undefined : partOf(intent, folded, said);
  const isNobody = (name: string): boolean => {
    const one = fold(name);
    return !taken.some((other) => other.includes(one) || one.includes(other)) && !isOfTheQuestion(one);
  };
  const thing = things?.at(-1) ?? role;
  return {
    people: parts.people,
    unresolved: parts.unresolved.filter(isNobody),
    range: parts.range,
    days: parts.range === null ? parts.days : null,
    ...(said ?? {}),
    ...(part ? { part } : {}),
    ...(departments.length > 0 ? { departments } : {}),
    ...(site ? { site } : {}),
    ...(address ? { address } : {}),
    ...(app ? { app } : {}),
    ...(thing ? { thing } : {}),
    ...(things && things.length > 1 ? { names: things } : {}),
    ...(quoted ? { text: quoted } : {}),
    ...(isWorkloadAsked && workload ? { workload: workload.name, workloads: [...workload.values] } : {}),
  };
}

/** Words of the question that the directory knows nobody by: "permissions", "conditional", "apps". */
const isOfTheQuestion = (folded: string): boolean =>
  THINGS.some((concept) => says(folded, concept)) ||
  /^(?:conditional|access|forwarding|owners?|members?|ip|ips|address|addresses|records?|activity|mails?)$/.test(
    folded,
  );

const THINGS = [
  ...([
    'rights',
    'policy',
    'app',
    'appChanged',
    'role',
    'admin',
    'guest',
    'link',
    'team',
    'channel',
  ] as const),
  ...([
    'outside',
    'file',
    'mailbox',
    'signIn',
    'failed',
    'site',
    'group',
    'password',
    'secondFactor',
  ] as const),
];

/** Which part the people have who are named: who acts is asked for, they act, or either. */
function partOf(intent: Intent, folded: string, said: ActivitySaid | null): RecordsAsked['part'] {
  const isOfMailbox = /^mail/.test(said?.activity ?? '') && (says(folded, 'mailbox') || says(folded, 'mail'));
  if (WHO_ASKS.test(folded)) return isOfMailbox ? 'mailbox' : signsIn(said) ? undefined : 'on';
  const acts = /\b(?:did|has|have|had|by|von|durch|door|par|por|da|hat|heeft|hebben)\b/u.test(folded);
  if (intent === 'audit-by' || (acts && !PASSIVE.test(folded))) return 'by';
  return isOfMailbox && said?.activity !== 'mail-sent' ? 'mailbox' : undefined;
}

const signsIn = (said: ActivitySaid | null): boolean => /^sign/.test(said?.activity ?? '');
