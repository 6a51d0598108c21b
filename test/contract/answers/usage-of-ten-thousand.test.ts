import { afterEach, describe, expect, it } from 'vitest';
import { NOTHING_TOLD } from '../../../src/answers/answer/spend-facts.ts';
import { findUnused } from '../../../src/answers/spend/unused-licenses.ts';
import { DAY_MS } from '../../../src/domain/durations.ts';
import { REPORT_NAMES } from '../../../src/domain/usage/report.ts';
import { readUsage } from '../../../src/jobs/collect/usage.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import { aSignIn } from '../../builders/audit/sign-in.ts';
import { aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';
import { EXCHANGE_PLAN_1, type Made, peopleWhoUseExchange } from '../../builders/usage/a-used-tenant.ts';

const never = new AbortController().signal;
let world: JobWorld;
afterEach(() => world.store.close());

async function tenantOf(
  people: readonly Made[],
  { late, concealed = false }: { late: number; concealed?: boolean },
) {
  const users = people.map(({ id, upn, reportedUpn }) => ({
    now: aUserState({
      id,
      displayName: `Person ${id.slice(5)}`,
      userPrincipalName: upn,
      assignments: [anAssignment({ skuId: EXCHANGE_PLAN_1 })],
    }),
    before: reportedUpn,
  }));
  world.tenant.pageSize = 1_000;
  world.tenant.state = {
    skus: [
      aSkuState({
        skuId: EXCHANGE_PLAN_1,
        partNumber: 'EXCHANGESTANDARD',
        enabled: people.length,
        consumed: people.length,
      }),
    ],
    subscriptions: [],
    groups: [],
  };
  world.tenant.put(...users.map(({ now, before }) => ({ ...now, userPrincipalName: before })));
  await scan(world.context, { kind: 'full' }, never);
  world.tenant.put(
    ...users.filter(({ now, before }) => now.userPrincipalName !== before).map(({ now }) => now),
  );
  await scan(world.context, { kind: 'full' }, never);
  const read = await world.store.signIns.begin();
  await read.add(
    people.map(({ id, createdAt, signedInAt }) =>
      aSignIn({ userId: id, createdAt, successfulAt: signedInAt }),
    ),
  );
  await read.commit(world.clock.now());
  const rows = people.flatMap((one) =>
    one.rows.map((exchange) => ({
      name: concealed ? one.id.replaceAll('-', '').padEnd(32, '0') : one.reportedUpn,
      last: { exchange },
      mailbox: null,
      driveBytes: null,
    })),
  );
  const page = {
    refreshedAt: today() - late * DAY_MS,
    periodDays: 180,
    workloads: ['exchange' as const],
    rows,
  };
  for (const report of REPORT_NAMES) world.tenant.reports.set(report, [page]);
  await readUsage(world.context, never);
}

const today = (): number => Math.floor(world.clock.now() / DAY_MS) * DAY_MS;
const unusedNow = async () =>
  findUnused(
    { skus: [EXCHANGE_PLAN_1], people: [], range: null, days: 90 },
    { store: world.store, now: world.clock.now(), spend: NOTHING_TOLD },
  );

describe('ten thousand people whose use is known', () => {
  it('are called unused where that is right, and nobody else is', async () => {
    world = await aJobWorld();
    const people = peopleWhoUseExchange(10_000, today(), 3);
    await tenantOf(people, { late: 3 });
    const right = people.filter(({ unused }) => unused).map(({ id }) => id);
    const { licenses, partly } = await unusedNow();
    const said = licenses.map(({ userId }) => userId);
    expect(right.length).toBeGreaterThan(800);
    expect(new Set(said)).toEqual(new Set(right));
    expect(partly).toEqual([]);
  }, 120_000);

  it.each([
    ['are late', { late: 8 }],
    ['conceal their names', { late: 3, concealed: true }],
  ])('are none of them called unused by reports that %s', async (_how, how) => {
    world = await aJobWorld();
    await tenantOf(peopleWhoUseExchange(500, today(), how.late), how);
    expect((await unusedNow()).licenses).toEqual([]);
  });
});
