import { inScopeOf } from '../access/scope.ts';
import { DAY_MS } from '../durations.ts';
import { leftToUndo } from '../restore/left-to-undo.ts';
import { isConcluded } from '../restore/step.ts';
import { undoSentence } from '../restore/undo.ts';
import type { ViewContext } from './context.ts';
import type { IncidentView } from './view.ts';

/** A reassign can be undone for this long, ms: later on, people have come to rely on what they have. */
export const UNDO_WITHIN_MS = DAY_MS;

/** The newest reassign of which something can still be taken back by the viewer, while nothing else is under way. */
export function undoOffer({ facts, groupName }: ViewContext): IncidentView['can']['undo'] {
  const { incident, decisions, steps, now, acts } = facts;
  const decided = incident.status === 'open' || incident.status === 'restored';
  if (!decided || incident.request || !steps.every(isConcluded)) return null;
  for (const { id, kind, at } of decisions.toReversed()) {
    if (kind !== 'reassign' || now - at > UNDO_WITHIN_MS) continue;
    const back = leftToUndo(id, decisions, steps);
    const theirs = back.every(({ userIds }) => inScopeOf(acts, userIds).length === userIds.length);
    if (back.length > 0 && theirs) {
      return {
        decisionId: id,
        until: at + UNDO_WITHIN_MS,
        sentence: undoSentence(back, groupName, facts.productName),
      };
    }
  }
  return null;
}
