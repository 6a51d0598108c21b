import { planRestore, stepsOf } from '../../../../src/domain/restore/plan.ts';
import type { RestoreOptions } from '../../../../src/domain/restore/plan-types.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { type RestoreFactsInput, someRestoreFacts } from '../../../builders/restore/restore-facts.ts';

export const NORA = aUserState();
export const OMAR = aUserState({ id: '11111111-0000-4000-8000-000000000002', displayName: 'Omar Haddad' });
export const E3 = anAssignment().skuId;
export const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
export const TEAMS = '57ff2da0-773e-42df-b2af-ffb7a2317929';
export const YAMMER = '7547a3fe-08ee-4ccb-b430-5077c5041653';

export const viaGroup = (over = {}) => anAssignment({ path: 'group-1', ...over });

/** Everybody, as it was. */
export const all = { chosen: null, way: 'as-it-was', running: new Set<string>() } as const;

export const assign = (userId: string, ...licenses: { skuId: string; disabledPlans: string[] }[]) => ({
  kind: 'assign',
  userId,
  licenses,
});

/** The plan in short: what is done, and what stands in the way. */
export function inShort(input: RestoreFactsInput, options: Partial<RestoreOptions> = {}) {
  const plan = planRestore(someRestoreFacts(input), { ...all, ...options });
  return {
    does: stepsOf(plan).map(({ action }) => action),
    blocks: plan.users.flatMap(({ blocks }) => blocks.map(({ code }) => code)),
    directHelps: plan.users.some(({ directHelps }) => directHelps),
  };
}
