import { plural } from '../../numerals.ts';
import { planDigest } from '../plan-digest.ts';
import type { PlanLine, PlanView } from '../plan-view-types.ts';
import type { PlannedStep } from '../step.ts';
import { removalDeadlines } from './removal-deadlines.ts';
import { deedOf, plansOf, productsOf, type RequestDeed, whoOf } from './request-deed.ts';
import type { RequestFacts } from './request-facts.ts';
import { isGroupLicenseKind } from './request-kind.ts';
import type { RequestPlan } from './request-sentence.ts';

/**
 * Shows what an undo of licenses given or taken on request would write, as `planOnRequest` shows the change itself.
 * @param steps what is left to take back
 * @param of the steps that they take back
 */
export function planUndoOnRequest(
  steps: readonly PlannedStep[],
  of: readonly PlannedStep[],
  facts: RequestFacts,
): RequestPlan {
  // What a group gives is one write for everybody in it.
  const byUser = Map.groupBy(steps, ({ action, userIds: [userId = ''] }) =>
    isGroupLicenseKind(action.kind) ? '' : userId,
  );
  const lines = [...byUser].map(
    ([userId, own]): PlanLine => ({
      userId,
      name: whoOf(own, facts),
      does: own.map((step) => doesOf(deedOf(step, of), facts)),
      blocked: [],
    }),
  );
  const plan = [...byUser].map(([userId, own]) => ({ userId, steps: own, blocks: [], directHelps: false }));
  const view: PlanView = {
    digest: planDigest({ way: 'as-it-was', groupSteps: [], users: plan }),
    sentence: sentenceOf(steps, of, lines.length === 1, facts),
    lines,
    ready: lines.length,
    blocked: 0,
    direct: true,
  };
  return { steps: [...steps], view, deadlines: removalDeadlines(steps, facts, facts.now) };
}

function doesOf(deed: RequestDeed, facts: RequestFacts): string {
  switch (deed.kind) {
    case 'swaps':
      return `Swap ${productsOf(deed.gone, facts)} back for ${productsOf(deed.come, facts)}`;
    case 'switches':
      return `Switch ${switchedBack(deed, facts)} again in ${productsOf(deed.skuIds, facts)}`;
    case 'takes':
      return `Take ${productsOf(deed.skuIds, facts)} away again`;
    case 'gives':
      return `Give ${productsOf(deed.skuIds, facts)} back`;
    case 'joins':
      return `Put back into ${facts.groupName(deed.groupId)}`;
    case 'leaves':
      return `Take out of ${facts.groupName(deed.groupId)} again`;
    case 'group-gives':
      return `Give its members ${productsOf(deed.skuIds, facts)} back`;
    case 'group-stops':
      return `Take ${productsOf(deed.skuIds, facts)} away from its members again`;
    case 'other':
      return 'Take back what was done';
  }
}

/** "Sway on", "Teams off" */
const switchedBack = ({ on, off }: Extract<RequestDeed, { kind: 'switches' }>, facts: RequestFacts): string =>
  [
    ...(on.length > 0 ? [`${plansOf(on, facts)} on`] : []),
    ...(off.length > 0 ? [`${plansOf(off, facts)} off`] : []),
  ].join(' and ');

function sentenceOf(
  steps: readonly PlannedStep[],
  of: readonly PlannedStep[],
  one: boolean,
  facts: RequestFacts,
): string {
  const [first] = steps;
  if (!first) return 'There is nothing to take back any more.';
  const deed = deedOf(first, of);
  const who = whoOf(steps, facts);
  const skuIds = steps.flatMap((step) => {
    const own = deedOf(step, of);
    return 'skuIds' in own ? own.skuIds : [];
  });
  const products = productsOf(skuIds, facts);
  switch (deed.kind) {
    case 'swaps':
      return `${who} ${one ? 'gets' : 'get'} ${productsOf(deed.come, facts)} back in place of ${productsOf(deed.gone, facts)}, with the same services as before.`;
    case 'switches': {
      const plans = deed.on.length > 0 ? deed.on : deed.off;
      const verb = deed.on.length > 0 ? (one ? 'gets' : 'get') : one ? 'loses' : 'lose';
      return `${who} ${verb} ${plansOf(plans, facts)} ${deed.on.length > 0 ? 'back' : 'again'}.`;
    }
    case 'takes':
      return `${who} ${one ? 'loses' : 'lose'} ${products} again.`;
    case 'gives':
      return `${who} ${one ? 'gets' : 'get'} ${products} back, with the same services as before.`;
    case 'joins':
      return `${who} ${plural(lengthOf(steps), 'is', 'are')} put back into ${facts.groupName(deed.groupId)}.`;
    case 'leaves':
      return `${who} ${plural(lengthOf(steps), 'leaves', 'leave')} ${facts.groupName(deed.groupId)} again.`;
    case 'group-gives':
      return `${who} gives ${products} again, with the same services as before.`;
    case 'group-stops':
      return `${who} no longer gives ${products}, and its members lose it.`;
    case 'other':
      return 'What was done is taken back.';
  }
}

const lengthOf = (steps: readonly PlannedStep[]): number =>
  new Set(steps.flatMap(({ userIds }) => userIds)).size;
