import type { DecisionKind } from '../../domain/incident/decision.ts';

/** Words that narrow a question about decisions to some of their kinds. Stems: "approved", "approvals". */
const KINDS: readonly { said: RegExp; deed: string; kinds: readonly DecisionKind[] }[] = [
  { said: /\bapprov/i, deed: 'approved anything', kinds: ['approve', 'confirm'] },
  { said: /\b(?:declin|reject)/i, deed: 'declined anything', kinds: ['decline', 'expire'] },
  { said: /\bwithdr[ae]w/i, deed: 'withdrew anything', kinds: ['withdraw'] },
  { said: /\bsnooz/i, deed: 'snoozed anything', kinds: ['snooze', 'wake'] },
  { said: /\b(?:undid|undo|undone)/i, deed: 'undid anything', kinds: ['undo'] },
  {
    said: /\brules?\b/i,
    deed: 'made, extended or ended a rule',
    kinds: ['make-rule', 'extend-rule', 'end-rule'],
  },
  { said: /\b(?:reassign|restor)/i, deed: 'reassigned anything', kinds: ['reassign', 'undo'] },
];

/** The kinds of decision that a sentence asks about; null when it asks about all. */
export function decisionKindsIn(sentence: string): readonly DecisionKind[] | null {
  const said = KINDS.filter((one) => one.said.test(sentence));
  return said.length === 0 ? null : said.flatMap(({ kinds }) => kinds);
}

/** What nobody did, in the words of what was asked: "approved anything", "decided anything". */
export function decidedIn(sentence: string): string {
  const deeds = KINDS.filter((one) => one.said.test(sentence)).map(({ deed }) => deed);
  return deeds.length === 0 ? 'decided anything' : deeds.join(' or ');
}
