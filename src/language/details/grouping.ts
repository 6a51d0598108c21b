import { fold } from '../names/fold.ts';
import type { Grouping } from '../query.ts';

const BY =
  '(?:by|per|for each|for every|each|every|which|what|split by|grouped by|nach|pro|je|jede[rsnm]?|welche[rsnm]?|per|elke|welke|par|chaque|quels?|quelles?|por|cada|que)';
const NOUNS: Readonly<Record<Grouping, string>> = {
  department:
    'dep(?:artment|t)s?|teams?|abteilung(?:en)?|afdeling(?:en)?|departements?|services?|departamentos?|divisions?',
  product: 'products?|skus?|licen[sc]e types?|produkte?n?|producten|produits?|productos?|artikel',
  company: 'compan(?:y|ies)|firm(?:s|a|en)?|unternehmen|bedrijf|bedrijven|societes?|entreprises?|empresas?',
  country: 'countr(?:y|ies)|land|landern?|landen|pays|pais(?:es)?|usage locations?',
  group: 'groups?|gruppen?|groep(?:en)?|groupes?|grupos?',
  person: 'users?|persons?|people|benutzer|person(?:en)?|gebruikers?|utilisateurs?|usuarios?|employees?',
};
/** A bare department word in a question is not about one department: "what do our departments cost". */
const PLURAL = /\b(?:departments|depts|abteilungen|afdelingen|departements|departamentos)\b/;

export const GROUPINGS = Object.keys(NOUNS) as [Grouping, ...Grouping[]];

const PATTERNS = GROUPINGS.map(
  (by) => [by, new RegExp(`\\b${BY} (?:of the |our |unserer |the )?(?:${NOUNS[by]})\\b`)] as const,
);

/** By what a sentence wants its answer split: "cost by department" → department. Null when it does not say. */
export function groupingIn(text: string): Grouping | null {
  const folded = fold(text);
  // "which people", "per user" narrow nothing down, unless it is said in so many words.
  const found = PATTERNS.find(([by, pattern]) =>
    by === 'person' || by === 'group'
      ? new RegExp(`\\b(?:by|per|grouped by|pro|je|nach|par|por) (?:${NOUNS[by]})\\b`).test(folded)
      : pattern.test(folded),
  );
  if (found) return found[0];
  return PLURAL.test(folded) ? 'department' : null;
}
