import { fold } from '../names/fold.ts';
import type { AccountKind, HoldingAsked, PathAsked } from '../query.ts';
import type { Run, Said } from './said.ts';

const NOUN =
  '(?:users?|accounts?|people|persons?|employees?|staff|colleagues?|members?|guests?|leavers?|identities|' +
  'benutzer(?:konten|konto)?|konten|konto|personen|leute|mitarbeiter(?:n|innen)?|gebruikers?|medewerkers?|mensen|' +
  'utilisateurs?|comptes?|personnes?|employes?|invites?|usuari[oa]s?|cuentas?|personas?|emplead[oa]s?|invitad[oa]s?)';
const BLOCKED =
  '(?:blocked|disabled|deactivated|switched off|turned off|shut off|barred|locked|gesperrte?[nrs]?|deaktivierte?[nrs]?|' +
  'blockierte?[nrs]?|geblokkeerde?|uitgeschakelde?|gedeactiveerde?|bloquee?s?|desactivee?s?|bloquead[oa]s?|' +
  'deshabilitad[oa]s?|desactivad[oa]s?)';
const LINK =
  '(?:that|who|which|die|der|qui|que|and|sind|zijn|is|are|was|were|been|ist|est|sont|esta|estan|account|konto|sign|in|now|noch|nog)';
const ANYBODY = '(?:who|anyone|anybody|someone|wer|wie|qui|quien)';
const DISABLED = [
  new RegExp(`\\b${BLOCKED}(?: \\w+)? ${NOUN}\\b`),
  new RegExp(`\\b${NOUN}(?: ${LINK}){0,4} ${BLOCKED}\\b`),
  new RegExp(`\\b${ANYBODY} (?:is|are|ist|is er|est|esta) ${BLOCKED}\\b`),
  /\b(?:cannot|can not|cant|may not|must not|not allowed to|unable to|no longer) (?:sign|log) ?in\b/,
  /\bsign ?ins? (?:is |are )?(?:blocked|disabled)\b|\bblocked sign ?ins?\b/,
];
const ENABLED = new RegExp(
  `\\b(?:enabled|aktivierte?[nrs]?|ingeschakelde?|actives|habilitad[oa]s?) ${NOUN}\\b`,
);
const GUEST =
  /\b(?:guests?|gu?ests?|invitees?|gaste?n?|gastkont(?:o|en)|gastbenutzer[ns]?|gastgebruikers?|gastaccounts?|invites?|invitad[oa]s?|ospiti|ospite|convidad[oa]s?|b2b)\b/;
const EXTERNAL =
  /\b(?:externals?|externe?[nrs]?|externes|exterieurs?|extern[oa]s?|outsiders?|ext)\b|#ext#|\binvited from (?:elsewhere|outside|other|another)\b/;
const AS_MEMBER =
  /\b(?:extern\w*|ext) (?:members?|mitglieder[n]?|leden|membres?|miembros?)\b|\bmembers? (?:from|of) (?:outside|other companies)\b|\b(?:enabled|active|disabled|blocked) members?\b|\bmember (?:accounts?|users?)\b/;

const LICENSE =
  '(?:licen[sc]\\w*|lisen[sc]\\w*|lizenz\\w*|licentie\\w*|seats?|products?|produkte?n?|produits?|productos?|skus?)';
const NO =
  '(?:no|not|without|w o|lacks?|lacking|miss|missing|none|never|dont|doesnt|hasnt|havent|arent|isnt|kein|keine|keinen|keins|' +
  'nicht|ohne|geen|niet|zonder|sans|aucune?|pas|sin|ningun[oa]?)';
const NONE = new RegExp(
  `\\b${NO}\\b.*\\b${LICENSE}|\\bun ?licen[sc]ed\\b|\\bunlizenziert\\w*|\\bnicht lizenziert\\w*`,
);
const NOT_THE_PRODUCT = new RegExp(`\\b${NO}\\b`);
const PAID = /\b(?:paid|paying|bezahlte?[nrs]?|kostenpflichtige?[nrs]?|betaalde?|payante?s?|de pago)\b/;

const ONLY =
  '(?:only|just|solely|exclusively|nur|alleen|slechts|uniquement|seulement|solo|solamente|unicamente)';
const VIA = '(?:by|via|through|from|over|uber|durch|door|par|por|a traves de)';
const ARTICLE = '(?:a|an|the|some|any|eine|die|der|een|un|une|el|la|our|license|licensing|security)';
const GROUP = '(?:groups?|gruppen?|groep(?:en)?|groupes?|grupos?)';
const BY_GROUP = `${VIA}(?: ${ARTICLE}){0,2} ${GROUP}`;
const DIRECTLY = '(?:direct|directly|direkt|direkte?[nrs]?|rechtstreeks|directement|directamente)';
const PATHS: readonly (readonly [PathAsked, RegExp])[] = [
  ['only-group', new RegExp(`\\b${ONLY} ${BY_GROUP}\\b|\\b${BY_GROUP} ${ONLY}\\b|\\bnot ${DIRECTLY}\\b`)],
  [
    'only-direct',
    new RegExp(`\\b${ONLY} ${DIRECTLY}\\b|\\b${DIRECTLY}(?: assigned)? ${ONLY}\\b|\\bnot ${BY_GROUP}\\b`),
  ],
  ['group', new RegExp(`\\b${BY_GROUP}\\b|\\bgroup based\\b`)],
  ['direct', new RegExp(`\\b${DIRECTLY}\\b`)],
];

/** What kinds of account a sentence is about, what they hold, and how it reaches them. */
export type AccountsAsked = { accounts: AccountKind[]; holding: HoldingAsked | null; path: PathAsked | null };

/** Reads of which accounts a sentence speaks. Names of people, products and groups in it count for nothing. */
export function accountsIn(said: Said): AccountsAsked {
  const text = withoutNames(said);
  const isExternal = EXTERNAL.test(text);
  const accounts: AccountKind[] = [
    ...(GUEST.test(text) ? (['guest'] as const) : []),
    ...(isExternal ? (['external'] as const) : []),
    ...(AS_MEMBER.test(text) ? (['member'] as const) : []),
    ...(DISABLED.some((pattern) => pattern.test(text)) ? (['disabled'] as const) : []),
    ...(ENABLED.test(text) ? (['enabled'] as const) : []),
  ];
  return {
    // A guest is external in any case; "external guests" are guests.
    accounts: accounts.includes('guest') ? accounts.filter((kind) => kind !== 'external') : accounts,
    holding: holdingIn(
      DISABLED.reduce((rest, pattern) => rest.replace(pattern, ' '), text),
      said,
    ),
    path: PATHS.find(([, pattern]) => pattern.test(text))?.[0] ?? null,
  };
}

function holdingIn(text: string, { spans }: Said): HoldingAsked | null {
  const namesProduct = spans.some(({ meaning }) => meaning.kind === 'sku');
  if (NONE.test(text) || (namesProduct && NOT_THE_PRODUCT.test(text))) return 'none';
  if (PAID.test(text)) return 'paid';
  return namesProduct || new RegExp(`\\b${LICENSE}`).test(text) ? 'any' : null;
}

const SWITCHED_OFF =
  /\b(?:off|on|disabled|enabled|aus|an|uit|aan|\w*aktiviert|\w*geschaltet|\w*geschakeld|\w*active[es]*|apagad\w*|\w*activad\w*)\b/;

/** Whether a question about services asks who does not have them: "who has no Teams", not "who has Teams off". */
export function lacksService(said: Said, plans: readonly Run[]): boolean {
  if (plans.length === 0) return false;
  const meaning = { kind: 'sku' as const, skuIds: [] };
  const text = withoutNames({
    ...said,
    spans: [...said.spans, ...plans.map((run) => ({ ...run, meaning }))],
  });
  return NOT_THE_PRODUCT.test(text) && !SWITCHED_OFF.test(text);
}

function withoutNames({ text, words, spans }: Said): string {
  const names = spans.filter(({ meaning }) => meaning.kind !== 'time');
  const kept = words.filter((_, at) => !names.some(({ from, to }) => at >= from && at < to));
  const said = words.length === 0 ? text : kept.map((word) => text.slice(word.start, word.end)).join(' ');
  return fold(said)
    .replace(/[^a-z0-9#]+/g, ' ')
    .trim();
}
