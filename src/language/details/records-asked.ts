/** What a question about audit records of any kind asks for: deleted files, failed sign-ins, new admins. */
import type { Activity } from '../../domain/search/activities.ts';
import { writes } from '../facts.ts';
import type { Intent, Query, RecordsAsked } from '../query.ts';

/** A request is carried out, and how to ask is no question about records. */
const isOther = (intent: Intent): boolean =>
  writes(intent) || intent === 'help' || intent === 'decisions' || intent === 'no-alert' || intent === 'cost';

/** A question, or a list by its name; an instruction (“delete the files of Lee”) is neither. Folded. */
const ASKS =
  /^(?:(?:so|hey|hi|please|pls|can you|could you|show|me|list|tell|give|find|do you know|i (?:want|need|would like) to (?:know|see)|all|the|any|every|zeig|zeige|mir|alle|bitte|toon|laat|zien|montre|moi|tous|les|muestra|muestrame|todos|los|las)[ ,:]+)*(?:who|whom|whose|which|what|when|how many|how often|did|has|have|were|are there|is there|new|failed|unsuccessful|deleted|shared|invited|external|sign-?ins?|logins?|records?|wer|wen|wem|welche\w*|was|wann|wie viele|hat|haben|gab|gibt|neue|fehlgeschlagene|geloschte|wie|welke|wat|wanneer|hoeveel|heeft|nieuwe|mislukte|verwijderde|qui|quels?|quelles?|que|quand|combien|nouveaux|nouvelles|connexions|quien(?:es)?|cual(?:es)?|cuando|cuantos|nuevos|inicios)\b/;

const LICENSES = /licen[cs]|lizenz|licentie|\bseats?\b|subscription|\bincident|\balerts?\b|\bsku/;

const FILE =
  /\bfiles?\b|document|\bfolders?\b|\bdatei|\bordner|bestand|\bmap(?:pen)?\b|fichier|dossier|archivo|fichero|carpeta|[\w-]+\.(?:xlsx?|docx?|pptx?|pdf|csv|txt|zip|one|vsdx?|msg|jpe?g|png|mp4)\b/;
const MAILBOX = /mailbox|\binbox|postfach|postvak|boites?\b|buzon/;
const ADMIN = /\badmins?\b|administrat|administrador|adminrol|admin-?roll/;
const APP = /\bapps?\b|application|anwendung|applicatie|aplicacion|service principal/;
const SIGN_IN =
  /sign-?ins?\b|signing in|signed in|sign in|log-?ins?\b|logons?\b|log in|anmeld|inlog|connexion|connecter|sesion/;
const DELETED = /\bdeleted?\b|\bremoved?\b|\btrashed\b|gelosch|verwijder|supprim|efface|\bborr|\belimin/;

/** By what an activity is known: all of these must stand in the folded sentence; the first that fits counts. */
const SAID: readonly (readonly [Activity, ...RegExp[]])[] = [
  [
    'sign-in-failed',
    /fail|unsuccessful|could(?: no|n.)t|cannot|\bwrong\b|fehlgeschlagen|mislukt|gescheiterd|echou|echec|fallid/,
    SIGN_IN,
  ],
  ['consent', /\bconsent|zugestimmt|zustimm|einwillig|toestemming|autoris|autoriz/, APP],
  [
    'forwarding',
    /forward|weiterleit|weitergeleitet|doorst(?:uur|ur|ur)|doorgestuurd|transfert|transfere|redirig|reenv/,
    /mail|rule|messages?|\bforwarding\b|regel|correo|courri|nachricht|weiterleit|reenv|transfert/,
  ],
  [
    'mail-rule',
    /(?:inbox|mail|outlook) ?rules?|posteingangsregel|postvakregel|regles? de (?:messagerie|boite)|reglas? de (?:correo|bandeja)/,
  ],
  [
    'mailbox-rights',
    /\bgot\b|\bgave\b|\bgiven\b|\bgrant|bekommen|gegeben|gekregen|\bobtenu|\bdonne|\bdio\b|obtuvo/,
    /access|rights?|permission|zugriff|rechte?n?\b|toegang|acces|acceso|permiso/,
    MAILBOX,
  ],
  [
    'mailbox-opened',
    /\bopen|\baccess|\bread\b|\blooked\b|geoffnet|gelesen|zugegriffen|geopend|gelezen|ouvert|\blu\b|consulte|\babr(?:io|ieron|e)|\bleyo/,
    MAILBOX,
  ],
  [
    'mail-sent',
    /\bsent?\b|gesendet|verstuurd|verzonden|envoye|envio/,
    /\bas\b|on behalf|im namen|namens|au nom|en nombre/,
    /mail|messages?|nachricht|bericht|correo|courri|behalf|namen/,
  ],
  [
    'guest-invited',
    /\binvited?\b|invitations?|eingeladen|uitgenodigd|\bconvie|ont ete invites|fueron invitad|\binvito/,
    /guests?\b|\bgaste?n?\b|external|\binvites\b|invitados|someone|somebody|people/,
  ],
  [
    'shared-outside',
    /\bshar|geteilt|freigegeben|gedeeld|partag|\bcompart/,
    /outside|external|extern|ausserhalb|\bbuiten|exterieur|\bfuera|anyone|everybody|anonym|guests?\b/,
  ],
  [
    'shared',
    /\bshared\b|geteilt|freigegeben|gedeeld|partage|\bcompartio/,
    new RegExp(`${FILE.source}|\\bsite\\b|\\blinks?\\b`),
  ],
  ['role-taken', /\bremoved\b|\btook\b|\btaken\b|no longer|\blost\b|entzogen|ontnomen|retire|\bquito/, ADMIN],
  [
    'role-given',
    /\bnew\b|\badded\b|became|become|\bgot\b|\bgiven\b|\bgave\b|\bmade\b|promoted|\bneue|geworden|gemacht|\bnieuwe|nouveaux|nouvelles|devenu|\bnuev|convirtio/,
    ADMIN,
  ],
  ['file-deleted', DELETED, FILE],
  ['file-downloaded', /download|heruntergeladen|telecharg|descarg/, FILE],
  [
    'file-opened',
    /\bopened\b|\bviewed\b|accessed|\bread\b|geoffnet|gelesen|geopend|bekeken|ouvert|consulte|\babrio/,
    FILE,
  ],
  [
    'file-changed',
    /changed|edited|modified|uploaded|renamed|\bmoved\b|geandert|hochgeladen|umbenannt|gewijzigd|geupload|modifie|televerse|\bcambio\b|\bmodifico|\bsubio/,
    FILE,
  ],
  [
    'password',
    /\breset\b|changed|zuruckgesetzt|geandert|gewijzigd|reinitialis|\bcambio\b|restablecio/,
    /password|passwort|kennwort|wachtwoord|mot de passe|contrasena/,
  ],
  [
    'second-factor',
    /registered|\bremoved\b|changed|\badded\b|switched/,
    /\bmfa\b|second factor|authenticator|sign-?in method|multi-?factor/,
  ],
  [
    'user-deleted',
    DELETED,
    /\baccounts?\b|\busers?\b|benutzer|konto|gebruiker|compte|utilisateur|cuenta|usuario/,
  ],
  [
    'user-created',
    /^(?:who|wer|wie|qui|quien)\b.*(?:created|\badded\b|angelegt|erstellt|aangemaakt|\bcree|\bcreo)/,
    /\baccounts?\b|\busers?\b|benutzer|konto|gebruiker|compte|utilisateur|cuenta|usuario/,
  ],
  [
    'policy',
    /changed|created|deleted|switched|disabled|geandert|gewijzigd|modifie|cambio/,
    /conditional access|security defaults|bedingte[rn]? zugriff|voorwaardelijke toegang|acces conditionnel|acceso condicional/,
  ],
  ['app-changed', /registered|created|\badded\b|\bnew\b|secret|certificate|credential|registriert/, APP],
  ['site-changed', /created|\bdeleted\b|permissions?/, /\bsites?\b/],
  ['teams', /created|\bdeleted\b|\barchived\b/, /\bteams?\b|\bchannels?\b/],
];

/** What happened on a site, from an address, or by an app is asked for by that alone. */
const WHAT_HAPPENED =
  /happen|going on|activit|\bdone\b|\bdid\b|\bdo\b|changed|who (?:was|used)|passier|geschehen|gebeur|gedaan|passe\b|arrive|fait|\bpaso\b|\bhizo\b|ocurri/;

const ADDRESS = /\b(?:\d{1,3}\.){3}\d{1,3}\b|(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}:?[0-9a-f]{1,4}\b/i;
const QUOTED = /["“„«]\s*([^"”“»]{2,80}?)\s*["”“»]/;
const SITES: readonly RegExp[] = [
  /\bsites?\s+(?:called |named |namens |de |del |du )?["“„]?([\p{L}\p{N}][\p{L}\p{N}_-]*)/iu,
  /\bsitio (?:de |llamado )?["“]?([\p{L}\p{N}][\p{L}\p{N}_-]*)/iu,
  /\b([\p{L}\p{N}][\p{L}\p{N}_-]*)(?: share ?point)? (?:site|share|library)\b/iu,
];
const NO_SITE =
  /^(?:the|a|an|our|this|that|any|which|what|team|sharepoint|share|die|der|das|de|het|le|la|les|el|since|in|on|last|today|yesterday|this|was|were|is|admins?|permissions?|and)$/i;
const THE_APP =
  /\b(?:app|application|anwendung|applicatie|aplicacion)\s+(?:called |named )?["“„]?(\p{Lu}[\p{L}\p{N}_-]*(?: \p{Lu}[\p{L}\p{N}_-]*){0,3})/u;
const FILE_NAME =
  /(?:^|[\s"“])([\p{L}\p{N}_()-]+\.(?:xlsx?|docx?|pptx?|pdf|csv|txt|zip|one|vsdx?|msg|jpe?g|png|mp4))\b/iu;
const SEARCHES =
  /\b(?:search|find|look|records?|suche?|zoek|cherche|busca)\b.*\b(?:audit|logs?|records?|archive|archiv|protokoll|logboek|journal|registro)\b|\b(?:audit )?records? (?:with|about|that (?:say|mention|name))\b/;

type Parts = Pick<Query, 'people' | 'skus' | 'groups' | 'range' | 'days' | 'unresolved'> & {
  departments?: string[];
};

/** What a sentence asks of audit records; null where it asks for none. @param parts all that the sentence names */
export function recordsAsked(intent: Intent, text: string, parts: Parts): RecordsAsked | null {
  const folded = fold(text);
  if (isOther(intent) || parts.skus.length > 0 || LICENSES.test(folded)) return null;
  const searches = SEARCHES.test(folded);
  if (!searches && !ASKS.test(folded)) return null;
  const activity = SAID.find(([, ...all]) => all.every((one) => one.test(folded)))?.[0];
  const site = siteIn(text);
  const address = ADDRESS.exec(text)?.[0];
  const app = THE_APP.exec(text)?.[1];
  const thing = FILE_NAME.exec(text)?.[1];
  // “.xlsx” alone is a file that is wanted.
  if (intent === 'export' && thing === undefined) return null;
  const quoted = QUOTED.exec(text)?.[1];
  const about = WHAT_HAPPENED.test(folded) || SIGN_IN.test(folded);
  const isAsked =
    activity !== undefined ||
    (searches && (quoted !== undefined || address !== undefined)) ||
    (about && (site !== undefined || address !== undefined || app !== undefined));
  if (!isAsked) return null;
  const taken = [site, address, app, thing, quoted].flatMap((one) => (one ? [fold(one)] : []));
  const departments = (parts.departments ?? []).filter((name) => !taken.includes(fold(name)));
  const isNamed = (name: string): boolean =>
    !taken.some((one) => one.includes(fold(name)) || fold(name).includes(one));
  const part =
    activity === 'mailbox-opened' && intent !== 'audit-by' ? 'mailbox' : intent === 'audit-by' ? 'by' : null;
  const text_ =
    quoted !== undefined && quoted !== site && quoted !== app && quoted !== thing ? quoted : undefined;
  return {
    people: parts.people,
    unresolved: parts.unresolved.filter(isNamed),
    range: parts.range,
    days: parts.range === null ? parts.days : null,
    ...(activity ? { activity } : {}),
    ...(part ? { part } : {}),
    ...(departments.length > 0 ? { departments } : {}),
    ...(site ? { site } : {}),
    ...(address ? { address } : {}),
    ...(app ? { app } : {}),
    ...(thing ? { thing } : {}),
    ...(text_ ? { text: text_ } : {}),
  };
}

function siteIn(text: string): string | undefined {
  const named = SITES.map((site) => site.exec(text)?.[1]);
  return named.find((one) => one !== undefined && !NO_SITE.test(one));
}

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase();
