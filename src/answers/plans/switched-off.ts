import type { HeldPlan } from '../../domain/license/held-plans.ts';
import type { ExplainedChange, StoredUser } from '../../domain/ports.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { changesOf } from '../times/since.ts';
import { formatTime } from '../times/times.ts';
import { actorIds, causeText } from '../words/cause-text.ts';
import { auditingIsOff } from '../words/completeness.ts';
import { usersById } from '../words/names.ts';
import type { PlanFacts } from './plan-facts.ts';

type Off = { user: StoredUser; plan: HeldPlan };

/** More than these are not looked up one by one. */
const MAX_TOLD = 5;

/**
 * When plans were switched off, and what or who did it, as far as the changes that were seen tell: a sentence for each
 * plan and path. Null where nothing is off.
 * @param named whether the plans were asked for by name: else only a few are worth the words
 */
export async function switchedOffText(
  all: readonly Off[],
  deps: AnswerDeps,
  facts: PlanFacts,
  named: boolean,
): Promise<string | null> {
  if (all.length === 0 || (!named && all.length > MAX_TOLD)) return null;
  const told: string[] = [];
  for (const { user, plan } of all.slice(0, MAX_TOLD)) {
    const found = switchingOff(await changesOf(deps.store, user.state.id), plan);
    told.push(`${facts.planNames.name(plan.planId)}${await sentence(found, user, deps, facts)}`);
  }
  return told.join(' ');
}

type Found = { change: ExplainedChange; how: 'switched' | 'came-so' } | null;

/** The newest change that left the plan off where it was not off before. @param changes newest first */
function switchingOff(changes: readonly ExplainedChange[], { planId, skuId, path }: HeldPlan): Found {
  for (const explained of changes) {
    const { before, after } = explained.change;
    const at = (side: typeof before) => side.find((one) => one.skuId === skuId && one.path === path);
    if (!at(after)?.disabledPlans.includes(planId)) continue;
    const was = at(before);
    if (was?.disabledPlans.includes(planId)) continue;
    return { change: explained, how: was ? 'switched' : 'came-so' };
  }
  return null;
}

async function sentence(
  found: Found,
  { firstSeenAt }: StoredUser,
  deps: AnswerDeps,
  { names }: PlanFacts,
): Promise<string> {
  if (found === null) {
    return ` was off already when I first read the account, ${formatTime(firstSeenAt, deps)}.`;
  }
  const { change, how } = found;
  const actors = await usersById(deps.store, actorIds([change]));
  const [actor] = actors.values();
  const cause = causeText(change, names, await auditingIsOff(deps.store), actor);
  const when = formatTime(change.change.observedAfter, deps);
  return how === 'switched'
    ? ` was seen switched off ${when}. ${cause}`
    : ` has been off since the license was assigned, ${when}. ${cause}`;
}
