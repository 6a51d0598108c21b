import type { Access } from '../../domain/access/access.ts';
import type { Person } from '../../domain/access/person.ts';
import { expectationOf } from '../../domain/detection/alerts/expected.ts';
import {
  expectIncident,
  reopenIncident,
  snoozeSecurity,
  touchSecurity,
  wakeSecurity,
} from '../../domain/detection/alerts/life-cycle.ts';
import type { SecurityIncident, SecurityRule } from '../../domain/detection/alerts/security-incident.ts';
import { takesInAlert } from '../../domain/detection/alerts/who-may-see.ts';
import type { SecurityRequest } from '../../domain/incident/decision.ts';
import type { SecurityCommit } from '../../domain/ports.ts';
import { ownerOf } from '../../domain/routing/reaction.ts';
import type { JobContext } from '../context.ts';
import { commitNoted, detectionNote } from '../outgoing/alert-notes.ts';
import { securityCard } from '../outgoing/outgoing.ts';
import { wrongEnd } from './approve.ts';
import { type Decided, type DecisionContext, decisionOf, refuse, SOMEBODY_WAS_FIRST } from './decided.ts';
import { wrongSnooze } from './snooze.ts';

/** So many writes of a job of ours may come between before the person has to press again. */
const MAX_TRIES = 5;

/**
 * Takes a decision about an alert of detections. It is stored with what follows from it, in one transaction; a second
 * press finds it there and changes nothing. That the person may decide at all is checked by the caller; whom their
 * decision may concern, here.
 */
export async function decideSecurity(
  context: JobContext,
  request: SecurityRequest,
  by: Person,
  access: Access,
): Promise<Decided> {
  const last = async () => (await context.store.decisions.byIncident(request.incidentId)).at(-1)?.id;
  for (let tries = 1; ; tries++) {
    const before = await last();
    const decided = await decideOnce({ context, by, access, now: context.clock.now() }, request);
    if (decided !== SOMEBODY_WAS_FIRST || tries === MAX_TRIES) return decided;
    // Another decision is somebody's; without one only a job of ours came between.
    if ((await last()) !== before) return decided;
  }
}

async function decideOnce(deciding: DecisionContext, request: SecurityRequest): Promise<Decided> {
  const { context, access } = deciding;
  const incident = await context.store.security.byId(request.incidentId);
  if (!incident) return refuse('I do not know this alert.');
  if (!takesInAlert(access.sees, incident) || !takesInAlert(access.acts, incident)) {
    return refuse('This concerns people outside your administrative units: somebody else has to decide it.');
  }
  if (request.kind === 'reopen') return reopen(deciding, incident, request.reason);
  if (incident.status !== 'open') {
    return refuse(
      incident.status === 'approved'
        ? 'This was expected already, as somebody said.'
        : 'This alert is closed already.',
    );
  }
  switch (request.kind) {
    case 'expect':
      return expect(deciding, incident, request);
    case 'snooze':
      return snooze(deciding, incident, request);
    case 'take-on':
      return takeOn(deciding, incident, request.note);
    case 'wake':
      if (incident.snoozedUntil === null) return refuse('This alert is not snoozed.');
      return commit(deciding, incident, wakeSecurity(incident, deciding.now), 'security-wake', null);
  }
}

function expect(
  deciding: DecisionContext,
  incident: SecurityIncident,
  { reason, ruleUntil }: Extract<SecurityRequest, { kind: 'expect' }>,
): Decided | Promise<Decided> {
  const { context, by, access, now } = deciding;
  const next = expectIncident(incident, by, reason, ruleUntil, now);
  if (ruleUntil === null) return commit(deciding, incident, next, 'security-expect', reason);
  if (access.acts !== null) {
    return refuse('A rule concerns all users: somebody who may act on all of them has to make it.');
  }
  const match = expectationOf(incident);
  if (match === null) {
    return refuse(
      'I cannot make a rule of this: it would expect whatever this detection finds. Say that it was expected once.',
    );
  }
  const wrong = wrongEnd(ruleUntil, now);
  if (wrong) return wrong;
  const rule: SecurityRule = {
    id: context.newId(),
    incidentId: incident.id,
    by,
    at: now,
    reason,
    until: ruleUntil,
    endedAt: null,
    endedBy: null,
    match,
  };
  return commit(deciding, incident, next, 'security-expect', reason, { until: ruleUntil, about: rule.id }, [
    rule,
  ]);
}

function snooze(
  deciding: DecisionContext,
  incident: SecurityIncident,
  { until, reason }: Extract<SecurityRequest, { kind: 'snooze' }>,
): Decided | Promise<Decided> {
  const wrong = wrongSnooze(until, deciding.now);
  if (wrong) return wrong;
  const next = snoozeSecurity(incident, until, reason, deciding.now);
  return commit(deciding, incident, next, 'security-snooze', reason, { until });
}

/** Notes that somebody is on it, so that nobody is called for it. Who takes it later has it. */
async function takeOn(
  deciding: DecisionContext,
  incident: SecurityIncident,
  note: string | null,
): Promise<Decided> {
  const owner = ownerOf(await deciding.context.store.decisions.byIncident(incident.id));
  if (owner?.by.aadObjectId === deciding.by.aadObjectId && owner.note === note) {
    return refuse('You are on it already.');
  }
  return commit(deciding, incident, touchSecurity(incident, deciding.now), 'take-on', note);
}

/** Takes it back that it was expected; the rule that was made of it, or that hid it, ends with it. */
async function reopen(
  deciding: DecisionContext,
  incident: SecurityIncident,
  reason: string,
): Promise<Decided> {
  const { context, by, access, now } = deciding;
  if (incident.status !== 'approved') return refuse('This alert was not said to be expected.');
  if ((await context.store.security.openByIdentity([incident.identity])).length > 0) {
    return refuse('A newer alert of the same is open: decide about that one.');
  }
  const rules = (await context.store.security.rules()).filter(
    ({ id, incidentId, endedAt }) =>
      endedAt === null && (incidentId === incident.id || id === incident.hiddenByRuleId),
  );
  if (rules.length > 0 && access.acts !== null) {
    return refuse(
      'This would end a rule, which concerns all users: somebody who may act on all of them has to do it.',
    );
  }
  const ended = rules.map((rule) => ({ ...rule, endedAt: now, endedBy: by }));
  return commit(deciding, incident, reopenIncident(incident, now), 'security-reopen', reason, {}, ended);
}

async function commit(
  deciding: DecisionContext,
  before: SecurityIncident,
  after: SecurityIncident,
  kind: 'security-expect' | 'security-snooze' | 'security-wake' | 'security-reopen' | 'take-on',
  reason: string | null,
  beside: { until?: number; about?: string } = {},
  rules: SecurityCommit['rules'] = [],
): Promise<Decided> {
  const { context, now } = deciding;
  const decision = decisionOf(deciding, {
    kind,
    incidentId: after.id,
    userIds: after.userIds,
    reason,
    ...beside,
  });
  context.onStep('decide:before-commit');
  const committed = await commitNoted(context, {
    incidents: [],
    verdicts: [],
    settled: [],
    security: { incidents: [after], rules },
    // Low ones have no card until somebody opens them again.
    outbox: after.tellAt === null ? [] : [securityCard(after, now)],
    alerts: [detectionNote(before, after, now, kind)],
    decisions: [decision],
  });
  context.onStep('decide:after-commit');
  return committed ? { kind: 'accepted' } : SOMEBODY_WAS_FIRST;
}
