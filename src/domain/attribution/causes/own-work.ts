import { type CauseRule, link } from '../finding.ts';
import { productOf, userName } from '../names.ts';
import { ownStepFor } from '../own-work.ts';

/** What we gave ourselves needs no record of Microsoft's: the decision and its step are our own. */
export const ownWork: CauseRule = (change, { context, window }) => {
  const skuId = change.newSkuId ?? change.skuId;
  if (change.userId === null || skuId === null || !GIVEN.has(change.kind)) return null;
  const step = ownStepFor(context.ownSteps ?? [], change.userId, skuId, window);
  if (!step) return null;
  const what = `License Watch gave ${productOf(change, skuId)} to ${userName(change)}, as ${step.by} decided.`;
  return {
    level: 'proved',
    cause: 'license-watch',
    actor: { kind: 'app', id: context.ownAppIds[0] ?? null, name: 'License Watch' },
    chain: [link(step.at, what)],
    groupId: null,
  };
};

const GIVEN: ReadonlySet<string> = new Set(['gained', 'swap', 'path-changed']);
