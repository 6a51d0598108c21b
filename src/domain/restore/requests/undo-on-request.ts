import { listed } from '../../english.ts';
import { count } from '../../numerals.ts';
import { planDigest } from '../plan-digest.ts';
import type { PlanLine, PlanView } from '../plan-view-types.ts';
import { type PlannedStep, type StepAction, skusOf } from '../step.ts';
import { removalDeadlines } from './removal-deadlines.ts';
import type { RequestFacts } from './request-facts.ts';
import type { RequestPlan } from './request-sentence.ts';

/**
 * Shows what an undo of licenses given or taken on request would write, as `planOnRequest` shows the change itself.
 * @param steps what is left to take back
 */
export function planUndoOnRequest(steps: readonly PlannedStep[], facts: RequestFacts): RequestPlan {
  const byUser = Map.groupBy(steps, ({ userIds: [userId = ''] }) => userId);
  const lines = [...byUser].map(
    ([userId, own]): PlanLine => ({
      userId,
      name: facts.nameOf(userId),
      does: own.map(({ action }) => doesOf(action, facts)),
      blocked: [],
    }),
  );
  const plan = [...byUser].map(([userId, own]) => ({ userId, steps: own, blocks: [], directHelps: false }));
  const view: PlanView = {
    digest: planDigest({ way: 'as-it-was', groupSteps: [], users: plan }),
    sentence: sentenceOf(steps, lines, facts),
    lines,
    ready: lines.length,
    blocked: 0,
    direct: true,
  };
  return { steps: [...steps], view, deadlines: removalDeadlines(steps, facts, facts.now) };
}

function doesOf(action: StepAction, { productName }: RequestFacts): string {
  if (action.kind === 'swap') {
    const back = listed(action.licenses.map(({ skuId }) => productName(skuId)));
    return `Swap ${listed(action.skuIds.map(productName))} back for ${back}`;
  }
  const products = listed(skusOf(action).map(productName));
  return action.kind === 'unassign' ? `Take ${products} away again` : `Give ${products} back`;
}

function sentenceOf(
  steps: readonly PlannedStep[],
  lines: readonly PlanLine[],
  { productName }: RequestFacts,
): string {
  const [first] = steps;
  if (!first) return 'There is nothing to take back any more.';
  const products = listed([...new Set(steps.flatMap(({ action }) => skusOf(action)))].map(productName));
  const one = lines.length === 1;
  const who = one ? (lines[0]?.name ?? '') : count(lines.length, 'user');
  if (first.action.kind === 'swap') {
    const back = listed(first.action.licenses.map(({ skuId }) => productName(skuId)));
    return `${who} ${one ? 'gets' : 'get'} ${back} back in place of ${listed(first.action.skuIds.map(productName))}, with the same services as before.`;
  }
  return first.action.kind === 'unassign'
    ? `${who} ${one ? 'loses' : 'lose'} ${products} again.`
    : `${who} ${one ? 'gets' : 'get'} ${products} back, with the same services as before.`;
}
