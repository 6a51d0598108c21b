import type { Decision } from '../../domain/incident/decision.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { LICENSE_WATCH } from '../../domain/suppression/license-watch.ts';
import type { JobContext } from '../context.ts';
import { decisionOf } from './decided.ts';

/**
 * The row of the log for a request that stops waiting without an answer, because of what became of its incident;
 * empty where none does.
 * @param reason a sentence
 */
export function voidRequest(
  context: JobContext,
  before: Incident | null,
  after: Incident,
  reason: string,
): Decision[] {
  if (!before?.request || after.request !== null) return [];
  const own = { kind: 'expire', incidentId: after.id, about: before.request.id, reason } as const;
  return [decisionOf({ context, by: LICENSE_WATCH, now: after.updatedAt }, own)];
}
