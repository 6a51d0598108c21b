import type { RightsAsked } from '../query.ts';

/** "May I", "my role", "am I", in five languages. */
const MINE =
  /\b(?:(?:may|can|could|am|do|did|should|would|must|have|was) i|i (?:may|can|am|need|have|cannot|can't)|my (?:own )?(?:role|rights?|permissions?|access)|myself|darf ich|kann ich|bin ich|habe? ich|muss ich|ich darf|fehlt mir|meine? (?:rolle|rechte|berechtigung)|mag ik|kan ik|ben ik|heb ik|moet ik|mijn (?:rol|rechten|toegang)|puis-je|ai-je|suis-je|dois-je|je (?:peux|suis|dois)|j'ai|mon r[oô]le|mes (?:droits|permissions)|puedo|soy|tengo|debo|me falta|mis (?:permisos|derechos)|mi (?:rol|papel))\b/iu;

const OWNER =
  /\b(?:end|stop|extend|change|make|add|create|delete)\b.*\brules?\b|\bregeln?\b|\bregels?\b|\br[eè]gles?\b|\breglas?\b|(?:change|set|move|choose).*\bchannel\b|\bkanal\b|\bkanaal\b|\bcanal\b|\bsettings?\b|einstellung|instelling|r[eé]glage|ajuste|\bowners?\b|besitzer|eigenaar|propri[eé]taire|propietari/iu;
const OPERATOR =
  /\b(?:approv|confirm|declin|reassign|assign|unassign|restor|give|remov|take|snooz|mute|undo|unsnooz|scan|decid|watch|grant|revok|reopen|operat)|genehmig|freigeb|bewillig|zuweis|zuteil|vergeb|entzieh|entfern|wegnehm|zur[uü]ck|r[uü]ckg[aä]ngig|stumm|scann|entscheid|goedkeur|toewijz|toeken|verwijder|ongedaan|dempen|beslis|approuv|valid|assign|attribu|retir|enlev|annul|d[eé]cid|aprob|asign|quitar|devolver|deshac|silenciar|decid/iu;
const READER =
  /\b(?:ask|export|read|see|look|reader)|lese|frag|export|lezen|lezer|vragen|lire|lecteur|leer|lector|consult/iu;

/** Names of Microsoft's directory roles, the longer before those that they contain. */
const DIRECTORY_ROLES: readonly (readonly [RegExp, string])[] = [
  [/\bglobal(?:er?|en)? (?:reader|leser|lezer)|lecteur g[eé]n[eé]ral|lector global/iu, 'Global Reader'],
  [
    /\bglobal(?:er?|en|e)?[ -]?admin|\bga'?s\b|administrat\S+ (?:g[eé]n[eé]ra|globa)|admins? globa|tenant admin|company admin/iu,
    'Global Administrator',
  ],
  [
    /licen[cs]e admin|li[cz]en[sz]\S*[- ]?admin|administrat\S+ de(?:s|ː)? licen|admins? de(?:s)? licen/iu,
    'License Administrator',
  ],
  [/\bbilling admin|abrechnungsadmin|factur\S*[- ]?(?:beheerder|admin)/iu, 'Billing Administrator'],
  [/\bexchange[- ]?admin/iu, 'Exchange Administrator'],
  [/\bgroups?[- ]?admin|gruppenadmin|groepsbeheerder/iu, 'Groups Administrator'],
  [/\bhelp ?desk[- ]?admin/iu, 'Helpdesk Administrator'],
  [/\bprivileged role admin/iu, 'Privileged Role Administrator'],
  [/\bsecurity admin|sicherheitsadmin|beveiligingsbeheerder/iu, 'Security Administrator'],
  [/\bcompliance admin/iu, 'Compliance Administrator'],
  [/\bintune admin/iu, 'Intune Administrator'],
  [/\bteams admin/iu, 'Teams Administrator'],
  [/\buser admin|benutzeradmin|gebruikersbeheerder/iu, 'User Administrator'],
];

/** What a question about roles asks for besides its people; null where it is about all roles here. */
export function rightsAsked(text: string): RightsAsked | null {
  const directoryRole = DIRECTORY_ROLES.find(([pattern]) => pattern.test(text))?.[1];
  if (directoryRole !== undefined) return { directoryRole };
  const needed = OWNER.test(text)
    ? 'owner'
    : OPERATOR.test(text)
      ? 'operator'
      : READER.test(text)
        ? 'reader'
        : null;
  const mine = MINE.test(text);
  if (!mine && needed === null) return null;
  return { ...(mine ? { mine } : {}), ...(needed === null ? {} : { for: needed }) };
}
