import type { Access } from '../../domain/access/access.ts';
import type { Person } from '../../domain/incident/decision.ts';
import { type LicenseRequest, planOnRequest, type RequestPlan } from '../../domain/restore/on-request.ts';
import { requestFacts } from '../../domain/restore/request-facts.ts';
import { isConcluded, isInPlace, type RestoreStep } from '../../domain/restore/step.ts';
import type { JobContext } from '../context.ts';
import { beyond, decisionOf, plannedSteps, type Taking, usersOf } from './decided.ts';
import { PLAN_CHANGED } from './incident-plan.ts';
import { needsSecond } from './second-approval.ts';

/** `started` names the decision whose steps are carried out; `refused` says in a sentence why nothing changed. */
export type Started = { kind: 'started'; decisionId: string } | { kind: 'refused'; reason: string };

/**
 * Gives or takes direct licenses, as somebody asked for in words and confirmed. The decision and its steps are
 * stored before the first is sent. That the person has the role is checked by the caller; whom it may concern,
 * here.
 * @param shown digest of the plan that was shown: nothing is done when it has changed since
 */
export async function changeLicenses(
  context: JobContext,
  request: LicenseRequest,
  shown: string,
  by: Person,
  access: Access,
): Promise<Started> {
  const taking: Taking = { context, by, access, now: context.clock.now() };
  const tooFar = beyond(access.acts, request.userIds);
  if (tooFar?.kind === 'refused') return tooFar;
  const { steps, view } = await planFor(taking, request);
  if (view.digest !== shown) return { kind: 'refused', reason: PLAN_CHANGED };
  if (steps.length === 0) return { kind: 'refused', reason: view.sentence };
  const userIds = usersOf(steps);
  if (needsSecond(context, userIds.length)) {
    return { kind: 'refused', reason: SECOND };
  }
  const decision = decisionOf(taking, { kind: request.kind, incidentId: null, userIds });
  context.onStep('decide:before-commit');
  const committed = await context.store.incidents.commit({
    incidents: [],
    verdicts: [],
    settled: [],
    outbox: [],
    decisions: [decision],
    steps: plannedSteps(steps, decision.id, taking.now),
  });
  context.onStep('decide:after-commit');
  return committed
    ? { kind: 'started', decisionId: decision.id }
    : { kind: 'refused', reason: 'It could not be stored, so nothing was done. Please try again.' };
}

/** A request for a second operator is part of an incident's card, and there is none here to show it on. */
const SECOND =
  'So many users need a second operator, and I can ask for one only on the card of an incident. Change fewer at once, or use the Microsoft 365 admin center.';

async function planFor({ context, now }: Taking, request: LicenseRequest): Promise<RequestPlan> {
  const { users, decisions } = context.store;
  const facts = requestFacts({
    users: await users.byIds(request.userIds),
    tenant: await users.tenant(),
    openSteps: await decisions.openSteps(),
    now,
  });
  return planOnRequest(request, facts);
}

const LOOK_AGAIN_MS = 250;

/**
 * Waits until the steps of a decision are concluded, as long as `patienceMs`, and says in a sentence what came of
 * them: Microsoft usually answers while the person still looks at the card.
 */
export async function outcomeOf(
  { store, clock }: JobContext,
  decisionId: string,
  patienceMs: number,
): Promise<string> {
  const until = clock.now() + patienceMs;
  let steps = await store.decisions.stepsOf(decisionId);
  while (!steps.every(isConcluded) && clock.now() < until) {
    await clock.sleep(LOOK_AGAIN_MS);
    steps = await store.decisions.stepsOf(decisionId);
  }
  return inWords(steps);
}

function inWords(steps: readonly RestoreStep[]): string {
  const count = (users: readonly RestoreStep[]): string =>
    usersOf(users).length === 1 ? '1 user' : `${usersOf(users).length} users`;
  const open = steps.filter((step) => !isConcluded(step));
  const done = steps.filter(isInPlace);
  const others = steps.filter((step) => isConcluded(step) && !isInPlace(step));
  const reason = others.find(({ message }) => message !== null)?.message;
  const parts = [
    ...(done.length > 0 ? [`Done for ${count(done)}.`] : []),
    ...(others.length > 0 ? [`Not done for ${count(others)}${reason ? `: ${reason}` : '.'}`] : []),
    ...(open.length > 0 ? [`Under way for ${count(open)}: ask me for their licenses in a moment.`] : []),
  ];
  return parts.join(' ');
}
