import { takesIn } from '../access/scope.ts';
import type { ApprovalRequest } from '../incident/decision.ts';
import { numeral } from '../numerals.ts';
import { leftToUndo } from '../restore/left-to-undo.ts';
import type { RestoreFacts } from '../restore/plan-types.ts';
import { undoSentence } from '../restore/undo.ts';
import { requestedPlan } from './plans.ts';
import type { Sight } from './sight.ts';
import type { RequestView } from './view.ts';

/** What waits for a second operator, with what it would do; null when nothing does. */
export function requestOf(sight: Sight, restore: RestoreFacts): RequestView | null {
  const { incident, acts } = sight.facts;
  const { request } = incident;
  if (!request) return null;
  const { id, kind, by, at, expiresAt, userIds, way } = request;
  return {
    id,
    kind,
    by: { aadObjectId: by.aadObjectId, name: by.name },
    at,
    expiresAt,
    what: whatOf(sight, request),
    answerable: (userIds ?? incident.userIds).every((userId) => takesIn(acts, userId)),
    plan: kind === 'reassign' ? requestedPlan(sight, restore, userIds, way) : null,
  };
}

function whatOf(sight: Sight, { kind, userIds, way, undoes }: ApprovalRequest): string {
  if (kind === 'undo') {
    const { decisions, steps, productName } = sight.facts;
    const back = leftToUndo(undoes ?? '', decisions, steps);
    return `undo the reassign. ${undoSentence(back, sight.groupName, productName)}`;
  }
  const what = way === 'direct' ? 'assign directly to' : 'reassign';
  return `${what} ${countOf(userIds?.length ?? null, sight.facts.incident.userIds.length)}`;
}

/** "all 40 users", "2 of 40 users" */
function countOf(chosen: number | null, all: number): string {
  if (all === 1) return '1 user';
  return chosen === null || chosen === all
    ? `all ${numeral(all)} users`
    : `${numeral(chosen)} of ${numeral(all)} users`;
}
