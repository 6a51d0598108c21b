import type { Person } from '../access/person.ts';
import type { Decision } from '../incident/decision.ts';
import { LICENSE_WATCH } from '../suppression/license-watch.ts';

/** Whether a person has decided anything about an incident, or taken it. */
export const hasReaction = (decisions: readonly Pick<Decision, 'by'>[]): boolean =>
  decisions.some(({ by }) => by.aadObjectId !== LICENSE_WATCH.aadObjectId);

/** Who is on an incident, since when (ms UTC), with a note. */
export type Owner = { by: Person; at: number; note: string | null };

/** Who took an incident last, by the decisions about it, oldest first; null where nobody did. */
export function ownerOf(decisions: readonly Pick<Decision, 'kind' | 'by' | 'at' | 'reason'>[]): Owner | null {
  const taken = decisions.findLast(({ kind }) => kind === 'take-on');
  return taken ? { by: taken.by, at: taken.at, note: taken.reason } : null;
}
