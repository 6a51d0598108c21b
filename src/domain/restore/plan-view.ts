import type { PlanView } from '../incident/view.ts';
import { planDigest, type RestoreFacts, type RestorePlan } from './plan.ts';

/** A plan as the card shows it, before anything is written. */
export function planViewOf(
  plan: RestorePlan,
  _facts: RestoreFacts,
  nameOf: (userId: string) => string,
  _groupName: (groupId: string) => string,
): PlanView {
  const lines = plan.users.map((user) => ({
    userId: user.userId,
    name: nameOf(user.userId),
    does: user.steps.map(({ action }) => action.kind),
    blocked: user.blocks.map(({ reason, wayOut }) => ({ reason, wayOut })),
  }));
  const ready = lines.filter(({ does }) => does.length > 0).length;
  const blocked = lines.filter((line) => line.blocked.length > 0).length;
  return { digest: planDigest(plan), sentence: `${ready} users get it back.`, lines, ready, blocked };
}
