import type { Person } from '../../../src/domain/access/person.ts';
import type { SecurityIncident } from '../../../src/domain/detection/alerts/security-incident.ts';
import { HOUR_MS } from '../../../src/domain/durations.ts';
import { ended } from '../../../src/domain/restore/requests/asked-change.ts';
import { type LicenseRequest, planOnRequest } from '../../../src/domain/restore/requests/on-request.ts';
import { factsOfRequest } from '../../../src/jobs/decisions/facts-of-request.ts';
import { aDecision, aRestoreStep } from '../../builders/incident/decision.ts';
import { aSuppressionRule } from '../../builders/incident/suppression.ts';
import { anAskedChange } from '../../builders/restore/asked-change.ts';
import { CAST } from './cast.ts';
import type { Deed } from './deed.ts';
import type { Stage } from './stage.ts';

export const asked = (now: number) => ({
  id: 'request-of-lee',
  kind: 'reassign' as const,
  by: { aadObjectId: CAST.removed.aadObjectId, tenantId: null, name: CAST.removed.name },
  at: now,
  expiresAt: now + HOUR_MS,
  userIds: null,
  way: 'as-it-was' as const,
  undoes: null,
});

export async function withRule(stage: Stage): Promise<{ ruleId: string }> {
  const ruleId = stage.newId();
  await stage.store.suppression.commit({
    decision: aDecision({ id: stage.newId(), kind: 'make-rule', incidentId: null }),
    rule: aSuppressionRule({ id: ruleId, until: stage.now() + HOUR_MS }),
  });
  return { ruleId };
}

export async function withReassign(stage: Stage): Promise<object> {
  const incident = await stage.incident();
  const decisionId = stage.newId();
  const decision = aDecision({ id: decisionId, incidentId: incident.id, at: stage.now() });
  const steps = incident.userIds.map((userId, index) =>
    aRestoreStep({
      decisionId,
      stepNo: index + 1,
      userIds: [userId],
      undo: { kind: 'unassign', userId, skuIds: incident.skuIds },
      status: 'done',
    }),
  );
  await stage.commit({ decisions: [decision], steps });
  return { incidentId: incident.id, decisionId };
}

/** Licenses that were given on request, and are there. */
export async function withAssignment(stage: Stage, userIds: readonly string[]): Promise<object> {
  const { skuIds } = await stage.incident();
  const decisionId = stage.newId();
  const decision = aDecision({
    id: decisionId,
    kind: 'assign',
    incidentId: null,
    at: stage.now(),
    userIds: [...userIds],
  });
  const steps = userIds.map((userId, index) =>
    aRestoreStep({
      decisionId,
      stepNo: index + 1,
      userIds: [userId],
      action: { kind: 'assign', userId, licenses: skuIds.map((skuId) => ({ skuId, disabledPlans: [] })) },
      undo: { kind: 'unassign', userId, skuIds },
      status: 'done',
    }),
  );
  await stage.commit({ decisions: [decision], steps });
  return { decisionId };
}

export const withIncident =
  (data: object = {}, over: Parameters<Stage['incident']>[0] = {}) =>
  async (stage: Stage): Promise<object> => ({ incidentId: (await stage.incident(over)).id, ...data });

/** A button of the card that stands in the channel: it decides nothing, and opens nothing for who may not. */
export const opening = (
  open: string,
  scoped: Deed['scoped'],
  waits = false,
): Omit<Deed, 'needs'> & { verb: string } => ({
  verb: 'view',
  scoped,
  prepare: async (stage) => {
    const over = waits ? { request: asked(stage.now()) } : {};
    return { incidentId: (await stage.incident(over)).id, open };
  },
  leaves: [],
});

const LEE = { aadObjectId: CAST.removed.aadObjectId, tenantId: null, name: CAST.removed.name };

/** Licenses that somebody asked a second operator for; as in `change-licenses`, nothing else is under way. */
export async function withAsked(
  stage: Stage,
  userIds: readonly string[],
  by: Person = LEE,
): Promise<{ requestId: string; plan: string }> {
  const request = {
    kind: 'assign' as const,
    userIds: [...userIds],
    skuIds: (await stage.incident()).skuIds.slice(0, 1),
  };
  const plan = await digestOf(stage, request);
  const id = stage.newId();
  const at = stage.now();
  const asked = { ...request, undoes: null };
  await stage.commit({ asked: anAskedChange({ id, by, at, expiresAt: at + HOUR_MS, asked, plan }) });
  return { requestId: id, plan };
}

/** The plan as a card shows it. The presses before are still under way, as nothing is carried out here: they end. */
export async function digestOf(stage: Stage, request: LicenseRequest): Promise<string> {
  const open = await stage.store.decisions.openSteps();
  const skipped = { status: 'skipped' as const, code: null, message: null };
  await stage.store.decisions.noteSteps(
    open.map(({ decisionId, stepNo }) => ({ decisionId, stepNo, ...skipped })),
    stage.now(),
  );
  const facts = await factsOfRequest(stage.bot.app.jobs, request, stage.now());
  if ('kind' in facts) throw new Error(facts.reason);
  const { steps, view } = planOnRequest(request, facts);
  if (steps.length === 0) throw new Error(`this plan does nothing: ${view.sentence}`);
  return view.digest;
}

/**
 * A card that asks for this, of one of the users of the unit or of a group. The person is somebody who lost nothing, so
 * that a swap has something to swap.
 */
export const askingFor = (
  kind: LicenseRequest['kind'],
  scoped: Deed['scoped'],
  what: Partial<LicenseRequest>,
): Omit<Deed, 'needs'> & { verb: string } => ({
  verb: 'change-licenses',
  scoped,
  prepare: async (stage) => {
    const request = { kind, userIds: [], skuIds: [], ...what };
    const { userIds, skuIds, planIds, groupId } = request;
    return {
      kind,
      ...(userIds.length > 0 ? { users: userIds.join(',') } : {}),
      ...(skuIds.length > 0 ? { products: skuIds.join(',') } : {}),
      ...(planIds ? { services: planIds.join(',') } : {}),
      ...(groupId ? { group: groupId } : {}),
      plan: await digestOf(stage, request),
    };
  },
  leaves: [kind],
});

/** Whoever has asked before is shown what waits: nothing does. */
export async function endWaiting(stage: Stage): Promise<void> {
  for (const asked of await stage.store.askedChanges.waiting()) {
    await stage.commit({ asked: ended(asked, 'withdrawn', asked.by, stage.now()) });
  }
}

/** An alert of detections about users of the unit, and what a press on its card sends. */
export const withAlert =
  (data: object = {}, over: Partial<SecurityIncident> = {}) =>
  async (stage: Stage): Promise<object> => ({ incidentId: (await stage.alert(over)).id, ...data });
