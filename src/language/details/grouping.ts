import { fold } from '../names/fold.ts';
import type { Grouping } from '../query.ts';

const BY = '(?:by|per|for each|for every|split by|grouped by|nach|pro|je|per|par|por)';
/** "Which departments cost the most" asks for a list of them; "which products" asks for nothing but products. */
const EACH = '(?:each|every|which|jede[rsnm]?|welche[rsnm]?|elke|welke|chaque|quels?|quelles?|cada|que)';
const NOUNS: Readonly<Record<Grouping, string>> = {
  department: 'dep(?:artment|t)s?|abteilung(?:en)?|afdeling(?:en)?|departements?|departamentos?|divisions?',
  product: 'products?|skus?|licen[sc]e types?|produkte?n?|producten|produits?|productos?',
  company: 'compan(?:y|ies)|firm(?:s|a|en)?|unternehmen|bedrijf|bedrijven|societes?|entreprises?|empresas?',
  country: 'countr(?:y|ies)|land|landern?|landen|pays|pais(?:es)?|usage locations?',
  person: 'users?|persons?|head|benutzer|person(?:en)?|kopf|gebruikers?|utilisateurs?|usuarios?|employees?',
};
const PLACES: readonly Grouping[] = ['department', 'company', 'country'];
/** A bare department word in a question is not about one department: "what do our departments cost". */
const PLURAL = /\b(?:departments|depts|abteilungen|afdelingen|departements|departamentos)\b|\bpar service\b/;

export const GROUPINGS = Object.keys(NOUNS) as [Grouping, ...Grouping[]];

const PATTERNS = GROUPINGS.map((by) => {
  const lead = PLACES.includes(by) ? `(?:${BY}|${EACH})` : BY;
  return [by, new RegExp(`\\b${lead} (?:of the |our |unserer |the )?(?:${NOUNS[by]})\\b`)] as const;
});

/** By what a sentence wants its answer split: "cost by department" → department. Null when it does not say. */
export function groupingIn(text: string): Grouping | null {
  const folded = fold(text);
  const found = PATTERNS.find(([, pattern]) => pattern.test(folded));
  if (found) return found[0];
  return PLURAL.test(folded) ? 'department' : null;
}
