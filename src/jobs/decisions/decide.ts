import type { Access } from '../../domain/access/access.ts';
import type { Person } from '../../domain/access/person.ts';
import { inScopeOf, mayKnowOf } from '../../domain/access/scope.ts';
import type { DecisionRequest } from '../../domain/incident/decision.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { JobContext } from '../context.ts';
import { approve } from './approve.ts';
import { type Decided, type DecisionContext, refuse, SOMEBODY_WAS_FIRST } from './decided.ts';
import { reassign } from './reassign.ts';
import { reopen } from './reopen.ts';
import { confirm, decline } from './second-approval.ts';
import { snooze, wake } from './snooze.ts';
import { takeOn } from './take-on.ts';
import { undo } from './undo.ts';

/** So many writes of ours may come between before the person has to press again. */
const MAX_TRIES = 5;

/**
 * Takes a decision about an incident. It is stored, with the steps it asks for, before anything is written to
 * the tenant; a second click finds it there and changes nothing. That the person may decide at all is checked
 * by the caller; whom their decision may concern, here.
 */
export async function decide(
  context: JobContext,
  request: DecisionRequest,
  by: Person,
  access: Access,
): Promise<Decided> {
  const lastDecision = async () => (await context.store.decisions.byIncident(request.incidentId)).at(-1)?.id;
  for (let tries = 1; ; tries++) {
    const before = await lastDecision();
    const decided = await decideOnce(context, request, by, access);
    if (decided !== SOMEBODY_WAS_FIRST || tries === MAX_TRIES) return decided;
    // Another decision is somebody's; without one only a job of ours, such as a follow-up read, came between.
    if ((await lastDecision()) !== before) return decided;
  }
}

async function decideOnce(
  context: JobContext,
  request: DecisionRequest,
  by: Person,
  access: Access,
): Promise<Decided> {
  const incident = await context.store.incidents.byId(request.incidentId);
  if (!incident || !isKnownTo(access, incident)) return refuse('I do not know this incident.');
  const deciding: DecisionContext = { context, by, access, now: context.clock.now() };
  switch (request.kind) {
    // A restored incident can be undone, also after a second operator's word.
    case 'undo':
      return undo(deciding, incident, request.decisionId);
    case 'confirm':
      return confirm(deciding, incident, request);
    case 'decline':
      return decline(deciding, incident, request.requestId, request.reason);
    case 'reopen':
      return reopen(deciding, incident, request.reason);
    case 'reassign':
      // What was approved can be given back all the same: that takes the approval back.
      if (incident.status === 'approved') return reassign(deciding, incident, request);
  }
  if (incident.status !== 'open') return refuse(`This incident is ${incident.status} already.`);
  switch (request.kind) {
    case 'reassign':
      return reassign(deciding, incident, request);
    case 'approve':
      return approve(deciding, incident, request);
    case 'snooze':
      return snooze(deciding, incident, request);
    case 'wake':
      return wake(deciding, incident);
    case 'take-on':
      return takeOn(deciding, incident, request.note);
  }
}

const isKnownTo = ({ sees }: Access, { userIds }: Incident): boolean =>
  mayKnowOf({ users: userIds.length, hidden: userIds.length - inScopeOf(sees, userIds).length });
