import { isAtLeast } from '../../../src/domain/access/access.ts';
import type { Decision } from '../../../src/domain/incident/decision.ts';
import { REQUEST_KINDS } from '../../../src/domain/restore/requests/request-kind.ts';
import { idOf } from '../../../src/simulator/tenant/ids.ts';
import { CAST, ROLE_OF } from '../authorization/cast.ts';
import { leavesIn } from '../authorization/deed.ts';
import { DEEDS } from '../authorization/deeds.ts';
import type { Outcome } from './fuzzed-bot.ts';
import { SEEN_BY_SCOPED } from './role-directory.ts';
import type { FuzzTurn } from './turns.ts';

const REQUESTS: ReadonlySet<string> = new Set(REQUEST_KINDS);
const UNIT: ReadonlySet<string> = new Set(SEEN_BY_SCOPED.map((upn) => idOf('user', upn)));

/** Which button may store which decisions: `stand` carries its kind in its data. */
const STANDING: readonly Decision['kind'][] = ['snooze', 'wake', 'watch', 'unwatch'];
/** What a request becomes that waits for a second operator. */
const WITH_REASSIGN: readonly Decision['kind'][] = ['request', 'approve', 'make-rule', ...REQUEST_KINDS];

/** Whether it names its users, or the user it is about, and all are of the unit. */
function isWithinUnit({ subject, userIds }: Decision): boolean {
  if (subject !== null) return subject.kind === 'user' && UNIT.has(subject.id);
  return userIds?.every((userId) => UNIT.has(userId)) ?? false;
}

function isAllowed({ kind, part, where, verb }: FuzzTurn, decision: Decision): boolean {
  const role = ROLE_OF[part];
  const isConfirmed =
    (verb === 'confirm' && decision.kind === 'reassign') ||
    (verb === 'confirm-licenses' && REQUESTS.has(decision.kind));
  // What a second operator confirms is the deed of the first one.
  if (!isConfirmed && decision.by.aadObjectId !== CAST[part].aadObjectId) return false;
  const deed = verb === null ? undefined : DEEDS[verb];
  if (!deed || (kind !== 'press' && kind !== 'submit') || !isAtLeast(role, deed.needs)) return false;
  if (part === 'scoped' && !isWithinUnit(decision)) return false;
  if (verb === 'decline' && decision.kind === 'withdraw') return true;
  const leaves = verb === 'stand' ? STANDING : leavesIn(deed, where);
  return leaves.includes(decision.kind) || WITH_REASSIGN.includes(decision.kind);
}

/** Decisions that were stored without a press of somebody who may take them. */
export const decisionProblems = (turn: FuzzTurn, { decided }: Outcome): string[] =>
  decided
    .filter((decision) => !isAllowed(turn, decision))
    .map(
      ({ kind, by }) => `${kind} was decided as ${by.name} by ${turn.part} with ${turn.kind} ${turn.verb}`,
    );
