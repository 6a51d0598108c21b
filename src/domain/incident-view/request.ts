import { inScope } from '../access/scope.ts';
import type { ApprovalRequest } from '../incident/decision.ts';
import { numeral } from '../numerals.ts';
import { leftToUndo } from '../restore/left-to-undo.ts';
import type { RestoreFacts } from '../restore/plan-types.ts';
import { undoSentence } from '../restore/undo.ts';
import type { ViewContext } from './context.ts';
import { requestedPlan } from './plans.ts';
import type { RequestView } from './view.ts';

/** What waits for a second operator, with what it would do; null when nothing does. */
export function requestOf(context: ViewContext, restore: RestoreFacts): RequestView | null {
  const { incident, acts } = context.facts;
  const { request } = incident;
  if (!request) return null;
  const { id, kind, by, at, expiresAt, userIds, way } = request;
  return {
    id,
    kind,
    by: { aadObjectId: by.aadObjectId, name: by.name },
    at,
    expiresAt,
    what: whatOf(context, request),
    answerable: (userIds ?? incident.userIds).every((userId) => inScope(acts, userId)),
    plan: kind === 'reassign' ? requestedPlan(context, restore, userIds, way) : null,
  };
}

function whatOf(context: ViewContext, { kind, userIds, way, undoes }: ApprovalRequest): string {
  if (kind === 'undo') {
    const { decisions, steps, productName } = context.facts;
    const back = leftToUndo(undoes ?? '', decisions, steps);
    return `undo the reassign. ${undoSentence(back, context.groupName, productName)}`;
  }
  const what = way === 'direct' ? 'assign directly to' : 'reassign';
  return `${what} ${countOf(userIds?.length ?? null, context.facts.incident.userIds.length)}`;
}

/** "all 40 users", "2 of 40 users" */
function countOf(chosen: number | null, all: number): string {
  if (all === 1) return '1 user';
  return chosen === null || chosen === all
    ? `all ${numeral(all)} users`
    : `${numeral(chosen)} of ${numeral(all)} users`;
}
