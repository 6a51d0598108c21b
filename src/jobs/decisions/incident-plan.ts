import type { RestoreWay } from '../../domain/incident/decision.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { restoreFactsOf } from '../../domain/incident-view/restore-facts.ts';
import { usersUnderWay } from '../../domain/incident-view/under-way.ts';
import { productName, servicePlanName } from '../../domain/license/catalogue.ts';
import { planRestore } from '../../domain/restore/plan.ts';
import { isFormerDigest } from '../../domain/restore/plan-digest.ts';
import type { RestoreFacts, RestorePlan } from '../../domain/restore/plan-types.ts';
import type { JobContext } from '../context.ts';
import { type Refused, refuse } from './decided.ts';

/** Loads all that a plan for an incident is made from. `now` is ms UTC. */
async function restoreFacts({ store }: JobContext, incident: Incident, now: number): Promise<RestoreFacts> {
  const tenant = await store.users.tenant();
  const partNumbers = new Map(tenant.skus.map((sku) => [sku.skuId, sku.partNumber]));
  return restoreFactsOf({
    changes: await store.changes.byIds(incident.changeIds),
    users: await store.users.byIds(incident.userIds),
    tenant,
    now,
    productName: (skuId) => productName(skuId, partNumbers.get(skuId)),
    servicePlanName,
  });
}

/** Makes plans for an incident as it stands, for these users or, with null, for all. */
export function planner(
  context: JobContext,
  incident: Incident,
  way: RestoreWay,
  now: number,
): (userIds: readonly string[] | null) => Promise<RestorePlan> {
  let loaded: ReturnType<typeof load> | null = null;
  const load = async () => {
    const steps = await context.store.decisions.steps(incident.id);
    const facts = await restoreFacts(context, incident, now);
    return { facts, running: usersUnderWay(steps, facts) };
  };
  return async (userIds) => {
    loaded ??= load();
    const { facts, running } = await loaded;
    return planRestore(facts, { chosen: userIds && new Set(userIds), way, running });
  };
}

/** What is said to whoever was shown another plan than the one that would be carried out. */
export const PLAN_CHANGED =
  'The plan has changed since it was shown, so nothing was done yet. Please look at it again.';

/** The same, of a card that an earlier version posted: it cannot be said which plan that one showed. */
export const PRESS_AGAIN =
  'The plan has changed since it was shown, or License Watch was updated. Nothing was done yet: please look at the plan and press again.';

/** Refuses a press on another plan than the one that would be carried out. It is to be shown again first. */
export const otherPlan = (pressed: string): Refused =>
  isFormerDigest(pressed) ? { ...refuse(PRESS_AGAIN), showPlan: true } : refuse(PLAN_CHANGED);

/** Why a plan has no step at all. */
export function whyNothing(plan: RestorePlan): string {
  const block = plan.users.flatMap((user) => user.blocks)[0];
  return block ? `${block.reason} ${block.wayOut}`.trim() : 'Nothing is missing any more.';
}
