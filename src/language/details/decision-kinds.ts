import type { DecisionKind } from '../../domain/incident/decision.ts';
import type { Deed } from '../query.ts';

/** Words that narrow a question about decisions to some of their kinds. Stems: "approved", "approvals". */
const DEEDS = {
  approve: { said: /\bapprov/i, nobody: 'approved anything', kinds: ['approve', 'confirm'] },
  decline: { said: /\b(?:declin|reject)/i, nobody: 'declined anything', kinds: ['decline', 'expire'] },
  withdraw: { said: /\bwithdr[ae]w/i, nobody: 'withdrew anything', kinds: ['withdraw'] },
  snooze: { said: /\bsnooz/i, nobody: 'snoozed anything', kinds: ['snooze', 'wake'] },
  undo: { said: /\b(?:undid|undo|undone)/i, nobody: 'undid anything', kinds: ['undo'] },
  rule: {
    said: /\brules?\b/i,
    nobody: 'made, extended or ended a rule',
    kinds: ['make-rule', 'extend-rule', 'end-rule'],
  },
  reassign: { said: /\b(?:reassign|restor)/i, nobody: 'reassigned anything', kinds: ['reassign', 'undo'] },
} as const satisfies Record<Deed, { said: RegExp; nobody: string; kinds: readonly DecisionKind[] }>;

/** The names, in the order of the table. */
export const DEED_NAMES = Object.keys(DEEDS) as [Deed, ...Deed[]];

/** The deeds that a sentence asks about; empty when it asks about all. */
export const deedsIn = (sentence: string): Deed[] =>
  DEED_NAMES.filter((deed) => DEEDS[deed].said.test(sentence));

/** The kinds of decision that deeds stand for; null when all are asked about. */
export const kindsOf = (deeds: readonly Deed[]): readonly DecisionKind[] | null =>
  deeds.length === 0 ? null : deeds.flatMap((deed): readonly DecisionKind[] => DEEDS[deed].kinds);

/** What nobody did, in the words of what was asked: "approved anything", "decided anything". */
export const notDone = (deeds: readonly Deed[]): string =>
  deeds.length === 0 ? 'decided anything' : deeds.map((deed) => DEEDS[deed].nobody).join(' or ');
