import type { DecisionKind } from '../domain/incident/decision.ts';

/** Words that narrow a question about decisions to some of their kinds. Stems: "approved", "approvals". */
const KINDS: readonly { said: RegExp; kinds: readonly DecisionKind[] }[] = [
  { said: /\bapprov/i, kinds: ['approve', 'confirm'] },
  { said: /\b(?:declin|reject)/i, kinds: ['decline', 'expire'] },
  { said: /\bsnooz/i, kinds: ['snooze', 'wake'] },
  { said: /\b(?:undid|undo|undone)/i, kinds: ['undo'] },
  { said: /\brules?\b/i, kinds: ['make-rule', 'extend-rule', 'end-rule'] },
  { said: /\b(?:reassign|restor)/i, kinds: ['reassign', 'undo'] },
];

/** The kinds of decision that a sentence asks about; null when it asks about all. */
export function decisionKindsIn(sentence: string): readonly DecisionKind[] | null {
  const said = KINDS.filter((one) => one.said.test(sentence));
  return said.length === 0 ? null : said.flatMap(({ kinds }) => kinds);
}
