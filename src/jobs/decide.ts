import type { Decision, DecisionRequest, Person, RestoreStep } from '../domain/incident/decision.ts';
import type { Incident } from '../domain/incident/incident.ts';
import { approveIncident, snoozeIncident, touchIncident } from '../domain/incident/life-cycle.ts';
import { planRestore } from '../domain/restore/plan.ts';
import type { JobContext } from './context.ts';
import { cardFor } from './notify.ts';
import { presentUsers } from './present-users.ts';

/** `refused` says in a sentence why nothing changed. */
export type Decided = { kind: 'accepted' } | { kind: 'refused'; reason: string };

const refuse = (reason: string): Decided => ({ kind: 'refused', reason });

/**
 * Takes a decision about an incident. It is stored, with the steps it asks for, before anything is written
 * to the tenant; a second click finds it there and changes nothing. Who may decide is checked by the caller.
 */
export async function decide(context: JobContext, request: DecisionRequest, by: Person): Promise<Decided> {
  const { store, clock } = context;
  const incident = await store.incidents.byId(request.incidentId);
  if (!incident) return refuse('I do not know this incident.');
  if (incident.status !== 'open') return refuse(`This incident is ${incident.status} already.`);
  const now = clock.now();
  switch (request.kind) {
    case 'approve':
      return commit(context, approveIncident(incident, now), decision(context, request, by, now));
    case 'snooze':
      if (request.until <= now) return refuse('The end of a snooze must lie ahead.');
      return commit(
        context,
        snoozeIncident(incident, request.until, request.reason, now),
        decision(context, request, by, now),
      );
    case 'reassign':
      return reassign(context, incident, request, by, now);
  }
}

async function reassign(
  context: JobContext,
  incident: Incident,
  request: Extract<DecisionRequest, { kind: 'reassign' }>,
  by: Person,
  now: number,
): Promise<Decided> {
  const { store } = context;
  const strangers = (request.userIds ?? []).filter((id) => !incident.userIds.includes(id));
  if (strangers.length > 0) return refuse('Some of these users do not belong to this incident.');
  const running = new Set(
    (await store.decisions.steps(incident.id))
      .filter((step) => step.status === 'planned')
      .map((step) => step.userId),
  );
  const changes = (await store.changes.byIds(incident.changeIds)).map(({ change }) => change);
  const { groups } = await store.users.tenant();
  const plan = planRestore(
    changes,
    await presentUsers(context, incident.userIds),
    request.userIds && new Set(request.userIds),
    (id) => groups.find((group) => group.id === id)?.displayName ?? id,
  );
  const users = plan.users.filter((user) => !running.has(user.userId));
  if (users.length === 0) return refuse(whyNothing(plan.blocked, running.size));
  const taken = decision(context, request, by, now);
  const steps = users.map(
    (user, index): RestoreStep => ({
      decisionId: taken.id,
      stepNo: index + 1,
      userId: user.userId,
      addLicenses: user.addLicenses,
      status: 'planned',
      message: null,
      updatedAt: now,
    }),
  );
  return commit(context, touchIncident(incident, now), taken, steps);
}

/** Sends alerts to another channel. The decision is in the log before it takes effect. */
export async function moveAlerts(context: JobContext, conversationKey: string, by: Person): Promise<void> {
  const { store, clock, newId } = context;
  await store.decisions.append({
    id: newId(),
    at: clock.now(),
    kind: 'set-channel',
    incidentId: null,
    by,
    reason: conversationKey,
    userIds: null,
    until: null,
  });
  await store.conversations.setAlertTarget(conversationKey);
}

function whyNothing(blocked: readonly { reason: string }[], running: number): string {
  if (running > 0) return 'This is being restored already.';
  return blocked[0]?.reason ?? 'Nothing is missing any more.';
}

const decision = (context: JobContext, request: DecisionRequest, by: Person, now: number): Decision => ({
  id: context.newId(),
  at: now,
  kind: request.kind,
  incidentId: request.incidentId,
  by,
  reason: request.kind === 'reassign' ? null : request.reason,
  userIds: request.kind === 'reassign' ? request.userIds : null,
  until: request.kind === 'snooze' ? request.until : null,
});

async function commit(
  context: JobContext,
  incident: Incident,
  taken: Decision,
  steps: readonly RestoreStep[] = [],
): Promise<Decided> {
  context.onStep('decide:before-commit');
  const committed = await context.store.incidents.commit({
    incidents: [incident],
    verdicts: [],
    settled: [],
    outbox: [cardFor(incident, taken.at)],
    decision: taken,
    steps,
  });
  context.onStep('decide:after-commit');
  return committed ? { kind: 'accepted' } : refuse('Somebody else was first: this is how it stands now.');
}
