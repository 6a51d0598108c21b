import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LicenseRequest, planOnRequest } from '../../../../src/domain/restore/requests/on-request.ts';
import { requestFacts } from '../../../../src/domain/restore/requests/request-facts.ts';
import { changeLicenses } from '../../../../src/jobs/decisions/change-licenses.ts';
import { outcomeOf } from '../../../../src/jobs/decisions/request-outcome.ts';
import { undoRequest } from '../../../../src/jobs/decisions/undo-request.ts';
import { attributeDue } from '../../../../src/jobs/explain/attribute.ts';
import { scan } from '../../../../src/jobs/scan/scan.ts';
import { aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';
import { LEE, MEGAN, OPERATOR } from '../../../builders/jobs/morning.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { restore } from '../../../builders/restore/restore.ts';

const never = new AbortController().signal;
const E3 = aSkuState().skuId;
const E5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
const SWAY = 'a23b959c-7ce8-4e57-9140-b90eb88a9e97';
const SWAP: LicenseRequest = { kind: 'swap', userIds: ['adele'], skuIds: [E3, E5] };

let world: JobWorld;
beforeEach(async () => {
  world = await aJobWorld();
  world.tenant.put(
    aUserState({
      id: 'adele',
      displayName: 'Adele Vance',
      assignments: [anAssignment({ disabledPlans: [SWAY] })],
    }),
  );
  world.tenant.state = {
    skus: [aSkuState(), aSkuState({ skuId: E5, partNumber: 'SPE_E5' })],
    subscriptions: [],
    groups: [],
  };
  await scan(world.context, { kind: 'full' }, never);
});
afterEach(() => world.store.close());

const direct = () =>
  (world.tenant.people.get('adele')?.assignments ?? []).map(({ skuId, disabledPlans }) => [
    skuId,
    disabledPlans,
  ]);

async function swapped(): Promise<string> {
  const { users } = world.store;
  const facts = requestFacts({
    users: await users.byIds(['adele']),
    tenant: await users.tenant(),
    openSteps: [],
    now: world.clock.now(),
  });
  const { digest } = planOnRequest(SWAP, facts).view;
  const started = await changeLicenses(world.context, SWAP, digest, MEGAN, OPERATOR);
  expect(started.kind).toBe('started');
  await restore(world.context, never);
  return started.kind === 'started' ? started.decisionId : '';
}

it('a swap is one write, and its undo gives back exactly what was there', async () => {
  const decisionId = await swapped();
  expect(world.tenant.written.map(({ kind }) => kind)).toEqual(['swap']);
  expect(direct()).toEqual([[E5, [SWAY]]]);
  const outcome = await outcomeOf(world.context, decisionId, 1_000);
  expect(outcome.sentence).toBe('Adele Vance has Microsoft 365 E5 now, in place of Microsoft 365 E3.');
  expect(outcome.undo?.sentence).toBe(
    'Undo gives Microsoft 365 E3 back to Adele Vance in place of Microsoft 365 E5, with the same services as before',
  );
  expect(await world.store.decisions.recent(1)).toMatchObject([
    { kind: 'swap', by: MEGAN, userIds: ['adele'] },
  ]);

  const undone = await undoRequest(world.context, decisionId, LEE, OPERATOR);
  await restore(world.context, never);
  expect(direct()).toEqual([[E3, [SWAY]]]);
  const id = undone.kind === 'started' ? undone.decisionId : '';
  expect((await outcomeOf(world.context, id, 1_000)).sentence).toBe(
    'Adele Vance has Microsoft 365 E3 again, in place of Microsoft 365 E5.',
  );
});

it('alerts nobody of what we swapped ourselves', async () => {
  await swapped();
  await world.clock.sleep(60_000);
  await scan(world.context, { kind: 'full' }, never);
  await attributeDue(world.context);
  expect(await world.store.incidents.open()).toEqual([]);
});
