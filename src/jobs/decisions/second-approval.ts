import { DAY_MS, HOUR_MS } from '../../domain/durations.ts';
import type { ApprovalRequest, Decision, DecisionRequest } from '../../domain/incident/decision.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { closeRequest, requestApproval, undoIncident } from '../../domain/incident/life-cycle.ts';
import { leftToUndo } from '../../domain/restore/left-to-undo.ts';
import { stepsOf } from '../../domain/restore/plan.ts';
import { planDigest } from '../../domain/restore/plan-digest.ts';
import { REQUEST_KINDS } from '../../domain/restore/requests/request-kind.ts';
import type { PlannedStep } from '../../domain/restore/step.ts';
import type { SuppressionRule } from '../../domain/suppression/suppression.ts';
import {
  commitDecision,
  type Decided,
  type DecisionContext,
  decisionOf,
  outsideScope,
  plannedSteps,
  refuse,
  usersOf,
} from './decided.ts';
import { otherPlan, planner, whyNothing } from './incident-plan.ts';
import { openAgain } from './open-again.ts';

/** A request that nobody answered in this time is void, ms: the tenant may look different by then. */
export const EXPIRES_AFTER_MS = DAY_MS;

/** The different users that one person wrote to in this time count together, ms. */
const COUNTED_FOR_MS = HOUR_MS;

const WRITES: ReadonlySet<Decision['kind']> = new Set(['reassign', 'undo', ...REQUEST_KINDS]);

/**
 * Whether a write to these users needs a second operator: with those to whom the same person wrote in the last hour,
 * on cards and in the chat, they are more than one person may write to alone.
 */
export async function needsSecond(
  { context, by, now }: Pick<DecisionContext, 'context' | 'by' | 'now'>,
  userIds: readonly string[],
): Promise<boolean> {
  const above = context.settings.secondApproverAbove;
  if (above === null) return false;
  const users = new Set(userIds);
  if (users.size > above) return true;
  const { decisions } = context.store;
  // What was decided at this very moment counts.
  for await (const chunk of decisions.between(now - COUNTED_FOR_MS, now + 1)) {
    for (const { id, kind, by: other } of chunk) {
      if (!WRITES.has(kind) || other.aadObjectId !== by.aadObjectId) continue;
      for (const userId of usersOf(await decisions.stepsOf(id))) users.add(userId);
    }
    if (users.size > above) return true;
  }
  return false;
}

type Asked = { kind: 'reassign' | 'undo'; userIds: string[] | null } & Partial<
  Pick<ApprovalRequest, 'way' | 'undoes'>
> & {
    /** When it is too late for what is asked, ms UTC. */
    latest?: number;
  };

/**
 * Stores what was asked for, on the card of the incident, until somebody else confirms or declines it.
 * @param before decisions that come with it
 * @param ended the rule that ends with it
 */
export async function askSecond(
  deciding: DecisionContext,
  incident: Incident,
  asked: Asked,
  before: readonly Decision[] = [],
  ended: SuppressionRule | null = null,
): Promise<Decided> {
  const { context, by, now } = deciding;
  const { kind, userIds, way = 'as-it-was', undoes = null, latest = Number.POSITIVE_INFINITY } = asked;
  const expiresAt = Math.min(now + EXPIRES_AFTER_MS, latest);
  const taken = decisionOf(deciding, {
    kind: 'request',
    incidentId: incident.id,
    userIds,
    until: expiresAt,
    way: kind === 'reassign' ? way : null,
    about: undoes,
  });
  const request: ApprovalRequest = { id: taken.id, kind, by, at: now, expiresAt, userIds, way, undoes };
  return commitDecision(context, requestApproval(incident, request, now), {
    decisions: [...before, taken],
    ...(ended ? { rule: ended } : {}),
  });
}

/**
 * The second operator says yes. What is written is planned again, as the tenant is now, and only if that is what they
 * were shown; the person who asked stands in the log as the one who reassigned, and the other as the one who confirmed.
 */
export async function confirm(
  deciding: DecisionContext,
  incident: Incident,
  { requestId, plan }: Extract<DecisionRequest, { kind: 'confirm' }>,
): Promise<Decided> {
  const { context, by, access, now } = deciding;
  const request = waiting(incident, requestId, now);
  if (!request) return refuse('This request does not wait any more.');
  if (request.by.aadObjectId === by.aadObjectId) {
    return refuse('You asked for this yourself: a second operator has to confirm it.');
  }
  const tooFar = outsideScope(access.acts, request.userIds ?? incident.userIds);
  if (tooFar) return tooFar;
  const { steps, digest, why } = await stepsFor(deciding, incident, request);
  if (plan !== null && plan !== digest) return otherPlan(plan);
  if (steps.length === 0) return refuse(why);
  const confirmed = decisionOf(deciding, { kind: 'confirm', incidentId: incident.id, about: request.id });
  const asked = decisionOf(
    { ...deciding, by: request.by },
    carriedOut(incident, { ...request, userIds: usersOf(steps) }),
  );
  const next =
    request.kind === 'undo'
      ? undoIncident(await openAgain(context, incident), usersOf(steps), now)
      : closeRequest(incident, now);
  return commitDecision(context, next, {
    decisions: [confirmed, asked],
    steps: plannedSteps(steps, asked.id, now),
  });
}

/** The second operator says no, or the person who asked takes it back. */
export async function decline(
  deciding: DecisionContext,
  incident: Incident,
  requestId: string,
  reason: string | null,
): Promise<Decided> {
  const { context, by, access, now } = deciding;
  const request = waiting(incident, requestId, now);
  if (!request) return refuse('This request does not wait any more.');
  const tooFar = outsideScope(access.acts, request.userIds ?? incident.userIds);
  if (tooFar) return tooFar;
  const kind = request.by.aadObjectId === by.aadObjectId ? 'withdraw' : 'decline';
  const taken = decisionOf(deciding, { kind, incidentId: incident.id, about: request.id, reason });
  return commitDecision(context, closeRequest(incident, now), { decisions: [taken] });
}

function waiting({ request }: Incident, requestId: string, now: number): ApprovalRequest | null {
  return request !== null && request.id === requestId && now < request.expiresAt ? request : null;
}

async function stepsFor(
  { context, now }: DecisionContext,
  incident: Incident,
  request: ApprovalRequest,
): Promise<{ steps: PlannedStep[]; digest: string | null; why: string }> {
  if (request.undoes !== null) {
    const { decisions } = context.store;
    const [log, done] = [await decisions.byIncident(incident.id), await decisions.steps(incident.id)];
    const steps = leftToUndo(request.undoes, log, done);
    return { steps, digest: null, why: 'There is nothing to take back any more.' };
  }
  const plan = await planner(context, incident, request.way, now)(request.userIds);
  return { steps: stepsOf(plan), digest: planDigest(plan), why: whyNothing(plan) };
}

function carriedOut(
  incident: Incident,
  { id, kind, userIds, way, undoes }: ApprovalRequest,
): Pick<Decision, 'kind' | 'incidentId'> & Partial<Decision> {
  return kind === 'undo'
    ? { kind, incidentId: incident.id, userIds, about: undoes }
    : { kind, incidentId: incident.id, userIds, way, about: id };
}
