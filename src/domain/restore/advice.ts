import type { RestoreFacts } from './plan-types.ts';
import { familyLookup } from './service-plan-families.ts';

/**
 * What users may have to do after their licenses came back, a sentence each: installed Office apps look for
 * their license every few days only.
 * @param restored the users who have everything back
 */
export function adviceOf(
  facts: Pick<RestoreFacts, 'changes' | 'present' | 'tenant'>,
  restored: ReadonlySet<string>,
): string[] {
  const gives = familyLookup(facts.tenant.skus);
  const appsCameBack = facts.changes.some(({ userId, skuId, before, after }) => {
    const state = userId !== null && restored.has(userId) ? facts.present.get(userId) : undefined;
    if (!state) return false;
    const products = new Set([skuId, ...before.map((one) => one.skuId)]);
    const now = state.assignments.filter((one) => products.has(one.skuId));
    return gives(now, 'desktopApps') && !gives(after, 'desktopApps');
  });
  return appsCameBack
    ? [
        'Office apps can take up to 72 hours to notice.',
        'To refresh now: in any Office app, File → Account → Update License.',
      ]
    : [];
}
