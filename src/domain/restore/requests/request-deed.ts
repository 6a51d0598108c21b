import { listed } from '../../english.ts';
import type { LicenseGrant } from '../../license/license-grant.ts';
import { count } from '../../numerals.ts';
import type { PlannedStep, StepAction } from '../step.ts';
import type { RequestFacts } from './request-facts.ts';

/** What a step of a request does, so far as sentences tell them apart. */
export type RequestDeed =
  | { kind: 'gives' | 'takes'; skuIds: readonly string[] }
  | { kind: 'swaps'; gone: readonly string[]; come: readonly string[] }
  /** Service plans switched in licenses that stay. */
  | { kind: 'switches'; on: readonly string[]; off: readonly string[]; skuIds: readonly string[] }
  | { kind: 'joins' | 'leaves'; groupId: string }
  | { kind: 'group-gives' | 'group-stops'; groupId: string; skuIds: readonly string[] }
  /** What no request asks for. */
  | { kind: 'other' };

type DeedStep = Pick<PlannedStep, 'action' | 'undo'>;

/** @param of the steps that this one takes back: an undo has no undo of its own that would tell what stood before */
export function deedOf(step: DeedStep, of: readonly DeedStep[] = []): RequestDeed {
  const { action } = step;
  switch (action.kind) {
    case 'assign': {
      const before = licensesBefore(step, of);
      const skuIds = action.licenses.map(({ skuId }) => skuId);
      return before === null ? { kind: 'gives', skuIds } : switched(before, action.licenses);
    }
    case 'unassign':
      return { kind: 'takes', skuIds: action.skuIds };
    case 'swap':
      return { kind: 'swaps', gone: action.skuIds, come: action.licenses.map(({ skuId }) => skuId) };
    case 'add-to-group':
      return { kind: 'joins', groupId: action.groupId };
    case 'remove-from-group':
      return { kind: 'leaves', groupId: action.groupId };
    case 'license-group':
      return {
        kind: 'group-gives',
        groupId: action.groupId,
        skuIds: action.licenses.map(({ skuId }) => skuId),
      };
    case 'unlicense-group':
      return { kind: 'group-stops', groupId: action.groupId, skuIds: action.skuIds };
    default:
      return { kind: 'other' };
  }
}

/** The licenses as they were, where a step only sets their service plans; null where it gives them. */
function licensesBefore({ action, undo }: DeedStep, of: readonly DeedStep[]): readonly LicenseGrant[] | null {
  if (undo?.kind === 'assign') return undo.licenses;
  const taken = of.find((one) => isSame(one.undo, action));
  return taken?.action.kind === 'assign' ? taken.action.licenses : null;
}

const isSame = (one: StepAction | null, other: StepAction): boolean =>
  one !== null && JSON.stringify(one) === JSON.stringify(other);

function switched(before: readonly LicenseGrant[], after: readonly LicenseGrant[]): RequestDeed {
  const off = new Set<string>();
  const on = new Set<string>();
  for (const { skuId, disabledPlans } of after) {
    const then = before.find((license) => license.skuId === skuId)?.disabledPlans ?? [];
    for (const planId of disabledPlans) if (!then.includes(planId)) off.add(planId);
    for (const planId of then) if (!disabledPlans.includes(planId)) on.add(planId);
  }
  return { kind: 'switches', on: [...on], off: [...off], skuIds: after.map(({ skuId }) => skuId) };
}

export type DeedNames = Pick<RequestFacts, 'nameOf' | 'productName' | 'servicePlanName' | 'groupName'>;

export const productsOf = (skuIds: readonly string[], { productName }: DeedNames): string =>
  listed([...new Set(skuIds)].map((skuId) => productName(skuId)));

/** Names of service plans, each once: several products call theirs alike. */
export const plansOf = (planIds: readonly string[], { servicePlanName }: DeedNames): string =>
  listed([...new Set(planIds.map((planId) => servicePlanName(planId)))]);

/** "Lee Gu", or how many they are; of what a group gives, the group. */
export function whoOf(steps: readonly Pick<PlannedStep, 'action' | 'userIds'>[], names: DeedNames): string {
  const [first] = steps;
  const action = first?.action;
  if (action?.kind === 'license-group' || action?.kind === 'unlicense-group') {
    return names.groupName(action.groupId);
  }
  const userIds = [...new Set(steps.flatMap((step) => step.userIds))];
  const [only] = userIds;
  return userIds.length === 1 && only !== undefined ? names.nameOf(only) : count(userIds.length, 'user');
}
