import { type LicenseRequest, planOnRequest } from '../../../src/domain/restore/requests/on-request.ts';
import { changeLicenses } from '../../../src/jobs/decisions/change-licenses.ts';
import { factsOfRequest } from '../../../src/jobs/decisions/facts-of-request.ts';
import type { Started } from '../../../src/jobs/decisions/started.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import { aJobWorld, type JobWorld } from '../jobs/job-context.ts';
import { MEGAN, OPERATOR } from '../jobs/morning.ts';
import { aLicensedGroup } from '../license/licensed-group.ts';
import { aSkuState } from '../license/sku-state.ts';
import { anAssignment, aUserState } from '../license/user-state.ts';

const never = new AbortController().signal;

export const E3 = aSkuState().skuId;
export const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
export const SWAY = 'a23b959c-7ce8-4e57-9140-b90eb88a9e97';

/** Adele is in LIC-E3, Ben has the same product directly, Cleo nothing; all three are in All Sales, which gives nothing. */
export async function aTenantWithGroups(
  over: Partial<JobWorld['context']['settings']> = {},
): Promise<JobWorld> {
  const world = await aJobWorld(over);
  const { tenant, context } = world;
  tenant.put(
    aUserState({
      id: 'adele',
      displayName: 'Adele Vance',
      assignments: [anAssignment({ path: 'lic-e3', disabledPlans: [SWAY] })],
    }),
    aUserState({ id: 'ben', displayName: 'Ben Walters', assignments: [anAssignment()] }),
    aUserState({ id: 'cleo', displayName: 'Cleo Maas', assignments: [] }),
  );
  tenant.members.set('lic-e3', new Set(['adele']));
  tenant.members.set('all-sales', new Set(['adele', 'ben', 'cleo']));
  tenant.state = {
    skus: [
      aSkuState({ enabled: 20, consumed: 2, planIds: [SWAY] }),
      aSkuState({ skuId: VISIO, partNumber: 'VISIOCLIENT', enabled: 5, consumed: 0 }),
    ],
    subscriptions: [],
    groups: [
      aLicensedGroup({ id: 'lic-e3', assignedLicenses: [{ skuId: E3, disabledPlans: [SWAY] }] }),
      aLicensedGroup({ id: 'all-sales', displayName: 'All Sales', assignedLicenses: [] }),
    ],
  };
  await scan(context, { kind: 'full' }, never);
  return world;
}

/** The digest of the plan that somebody would be shown now. */
export async function digestOf({ context, clock }: JobWorld, request: LicenseRequest): Promise<string> {
  const facts = await factsOfRequest(context, request, clock.now());
  if ('kind' in facts) throw new Error(facts.reason);
  return planOnRequest(request, facts).view.digest;
}

/** Asks for it and presses, as Megan unless told otherwise. */
export async function pressed(world: JobWorld, request: LicenseRequest, by = MEGAN): Promise<Started> {
  return changeLicenses(world.context, request, await digestOf(world, request), by, OPERATOR);
}

export const decisionOf = (started: Started): string =>
  started.kind === 'started' ? started.decisionId : `no decision: ${JSON.stringify(started)}`;
