import type { Access } from '../../domain/access/access.ts';
import type { Person } from '../../domain/access/person.ts';
import type { Decision } from '../../domain/incident/decision.ts';
import type { AskedFor, Asking } from '../../domain/restore/requests/asked-change.ts';
import { type LicenseRequest, planOnRequest } from '../../domain/restore/requests/on-request.ts';
import type { RequestFacts } from '../../domain/restore/requests/request-facts.ts';
import type { PlannedStep } from '../../domain/restore/step.ts';
import type { JobContext } from '../context.ts';
import { askForChange, needsSecondFirst, secondOperator } from './ask-for-change.ts';
import { beyond } from './beyond.ts';
import { type DecisionContext, decisionOf, plannedSteps, refuse, usersOf } from './decided.ts';
import { factsOfRequest } from './facts-of-request.ts';
import { otherPlan } from './incident-plan.ts';
import { OUTRUN, oneAfterAnother } from './one-after-another.ts';
import type { Started } from './started.ts';

/**
 * Writes a change of licenses or of a group's members, as somebody asked for in words and confirmed, or asks a second operator to confirm
 * it. The decision and its steps are stored before the first is sent. That the person has the role is checked by the
 * caller; which users it may concern, here.
 * @param shown digest of the plan that was shown: nothing is done when it has changed since
 * @param asking where it is asked for, by the person who presses to ask a second operator
 */
export async function changeLicenses(
  context: JobContext,
  request: LicenseRequest,
  shown: string,
  by: Person,
  access: Access,
  asking: Asking | null = null,
): Promise<Started> {
  const deciding: DecisionContext = { context, by, access, now: context.clock.now() };
  const tooFar = beyond(access, request);
  if (tooFar) return tooFar;
  const started = await oneAfterAnother(context, (id) => changeAs(id, deciding, request, shown, asking));
  if (started === null) return refuse('It could not be stored, so nothing was done. Please try again.');
  return started.kind === 'needs-second' && asking !== null
    ? askForChange(deciding, started.asked, started.plan, asking)
    : started;
}

async function changeAs(
  id: string,
  deciding: DecisionContext,
  request: LicenseRequest,
  shown: string,
  asking: Asking | null,
): Promise<Started | typeof OUTRUN> {
  const facts = await factsOfRequest(deciding.context, request, deciding.now);
  if ('kind' in facts) return facts;
  const plan = planOnRequest(request, facts);
  const { steps, view } = plan;
  const other = view.digest === shown ? null : otherPlan(shown);
  if (other && !other.showPlan) return other;
  if (steps.length === 0) return refuse(view.sentence);
  const userIds = usersOf(steps);
  const group = groupIn(request, facts);
  const second = await secondOperator(deciding, userIds);
  if (other) return { kind: 'shown-again', notice: other.reason, plan, second };
  if (asking !== null || second !== 'not-needed') {
    const { kind, skuIds, planIds } = request;
    const asked: AskedFor = {
      kind,
      userIds,
      skuIds,
      ...(planIds ? { planIds } : {}),
      ...group,
      undoes: null,
    };
    return needsSecondFirst(second, asked, plan);
  }
  const decision = decisionOf(deciding, { id, kind: request.kind, incidentId: null, userIds, ...group });
  return (await start(deciding, decision, steps)) ? { kind: 'started', decisionId: id } : OUTRUN;
}

/** Stores a decision beside any incident with its steps, in one transaction; false when its id is taken. */
export async function start(
  { context, now }: DecisionContext,
  decision: Decision,
  steps: readonly PlannedStep[],
): Promise<boolean> {
  context.onStep('decide:before-commit');
  const committed = await context.store.incidents.commit({
    incidents: [],
    verdicts: [],
    settled: [],
    outbox: [],
    decisions: [decision],
    steps: plannedSteps(steps, decision.id, now),
  });
  context.onStep('decide:after-commit');
  return committed;
}

/** The group of a request, by the name that it has now. */
export const groupIn = (
  { groupId }: Pick<LicenseRequest, 'groupId'>,
  { groupName }: Pick<RequestFacts, 'groupName'>,
): { group?: { id: string; name: string } } =>
  groupId === undefined ? {} : { group: { id: groupId, name: groupName(groupId) } };
