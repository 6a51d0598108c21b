import { within } from '../../access/scope.ts';
import { isConcluded } from '../../restore/step.ts';
import { planUndo, undoSentence } from '../../restore/undo.ts';
import type { IncidentView } from '../view.ts';
import type { Sight } from './sight.ts';

/** A reassign can be undone for this long, ms: later on, people have come to rely on what they have. */
export const UNDO_WITHIN_MS = 24 * 60 * 60_000;

/** The newest reassign that the viewer can still undo, once, while nothing else is under way. */
export function undoOffer({ facts, groupName }: Sight): IncidentView['can']['undo'] {
  const { incident, decisions, steps, now, acts } = facts;
  const decided = incident.status === 'open' || incident.status === 'restored';
  if (!decided || incident.request || !steps.every(isConcluded)) return null;
  const undone = new Set(decisions.flatMap(({ kind, about }) => (kind === 'undo' ? (about ?? []) : [])));
  for (const { id, kind, at } of decisions.toReversed()) {
    if (kind !== 'reassign' || undone.has(id) || now - at > UNDO_WITHIN_MS) continue;
    const back = planUndo(steps.filter(({ decisionId }) => decisionId === id));
    const theirs = back.every(({ userIds }) => within(acts, userIds).length === userIds.length);
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
