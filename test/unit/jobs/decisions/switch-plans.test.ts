import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LicenseRequest, planOnRequest } from '../../../../src/domain/restore/requests/on-request.ts';
import { requestFacts } from '../../../../src/domain/restore/requests/request-facts.ts';
import { changeLicenses } from '../../../../src/jobs/decisions/change-licenses.ts';
import { outcomeOf } from '../../../../src/jobs/decisions/request-outcome.ts';
import { undoRequest } from '../../../../src/jobs/decisions/undo-request.ts';
import { scan } from '../../../../src/jobs/scan/scan.ts';
import { aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';
import { LEE, MEGAN, OPERATOR } from '../../../builders/jobs/morning.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { restore } from '../../../builders/restore/restore.ts';

const never = new AbortController().signal;
const TEAMS = '57ff2da0-773e-42df-b2af-ffb7a2317929';
const SWAY = 'a23b959c-7ce8-4e57-9140-b90eb88a9e97';
const OFF: LicenseRequest = {
  kind: 'turn-off',
  userIds: ['adele'],
  skuIds: [aSkuState().skuId],
  planIds: [SWAY],
};

let world: JobWorld;
beforeEach(async () => {
  world = await aJobWorld();
  world.tenant.put(
    aUserState({
      id: 'adele',
      displayName: 'Adele Vance',
      assignments: [anAssignment({ disabledPlans: [TEAMS] })],
    }),
  );
  world.tenant.state = { skus: [aSkuState({ planIds: [TEAMS, SWAY] })], subscriptions: [], groups: [] };
  await scan(world.context, { kind: 'full' }, never);
});
afterEach(() => world.store.close());

const off = () =>
  world.tenant.people.get('adele')?.assignments.map(({ disabledPlans }) => disabledPlans.toSorted());

it('a plan is switched off beside those that are off already, and an undo sets them as they were', async () => {
  const { users } = world.store;
  const facts = requestFacts({
    users: await users.byIds(['adele']),
    tenant: await users.tenant(),
    openSteps: [],
    now: world.clock.now(),
  });
  const { digest } = planOnRequest(OFF, facts).view;
  const started = await changeLicenses(world.context, OFF, digest, MEGAN, OPERATOR);
  await restore(world.context, never);
  expect(off()).toEqual([[TEAMS, SWAY].toSorted()]);
  const id = started.kind === 'started' ? started.decisionId : '';
  expect(await outcomeOf(world.context, id, 1_000)).toMatchObject({
    sentence: 'Sway is off for Adele Vance now, in Microsoft 365 E3.',
    undo: { sentence: 'Undo switches Sway on for Adele Vance again' },
  });
  const undone = await undoRequest(world.context, id, LEE, OPERATOR);
  await restore(world.context, never);
  const undoId = undone.kind === 'started' ? undone.decisionId : '';
  expect((await outcomeOf(world.context, undoId, 1_000)).sentence).toBe(
    'Sway is on for Adele Vance again, in Microsoft 365 E3.',
  );
  expect(off()).toEqual([[TEAMS]]);
});
