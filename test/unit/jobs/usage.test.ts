import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../src/domain/durations.ts';
import type { UserState } from '../../../src/domain/license/user-state.ts';
import { TenantReadError, type UsagePage, type UsageRow } from '../../../src/domain/ports.ts';
import { coverageOf, LATE_AFTER_MS, REPORT_NAMES, SHOWN_BY } from '../../../src/domain/usage/report.ts';
import { useSince } from '../../../src/domain/usage/usage.ts';
import { CONCEALED, readUsage } from '../../../src/jobs/collect/usage.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import { aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';

let world: JobWorld;
const assignments = [anAssignment()];
const lee = aUserState({ id: 'lee', userPrincipalName: 'Lee@contoso.com', assignments });
const ann = aUserState({ id: 'ann', userPrincipalName: 'ann@contoso.com', assignments });
const scanOf = async (...users: UserState[]): Promise<void> => {
  world.tenant.put(...users);
  await scan(world.context, { kind: 'full' }, new AbortController().signal);
};
beforeEach(async () => {
  world = await aJobWorld();
  await scanOf(lee, ann);
});
afterEach(() => world.store.close());

const day = (ago: number): number => Math.floor(world.clock.now() / DAY_MS) * DAY_MS - ago * DAY_MS;
const row = (name: string, teams: number | null): UsageRow => ({
  name,
  last: { teams },
  mailbox: null,
  driveBytes: null,
});
const page = (rows: UsageRow[], refreshed = day(3)): UsagePage => ({
  refreshedAt: refreshed,
  periodDays: 180,
  workloads: ['teams'],
  rows,
});
/** Each report says the same of these people. */
const serve = (rows: UsageRow[], refreshed?: number): void => {
  for (const report of REPORT_NAMES) world.tenant.reports.set(report, [page(rows, refreshed)]);
};
const run = () => readUsage(world.context, new AbortController().signal);
const use = async (userId: string, since: number) => {
  const [usage] = await world.store.usage.byUsers([userId]);
  const coverage = coverageOf(await world.store.usage.reports(), world.clock.now());
  return useSince(usage ?? null, 'teams', coverage, since);
};

describe('reading usage reports', () => {
  it('is done once a day', async () => {
    serve([row('lee@contoso.com', day(5))]);
    expect(await run()).toEqual({ outcome: 'read', problems: [] });
    world.clock.advance(HOUR_MS);
    expect((await run()).outcome).toBe('not-due');
    world.clock.advance(DAY_MS);
    expect((await run()).outcome).toBe('read');
  });

  it('puts rows to people by their names, and says of nobody what no row says', async () => {
    serve([row('lee@contoso.com', day(5)), row('nobody@contoso.com', day(1))]);
    await run();
    expect(await use('lee', day(93))).toEqual({ use: 'used', at: day(5) });
    expect(await use('ann', day(93))).toEqual({ use: 'unknown' });
    expect((await world.store.usage.reports())[0]).toMatchObject({ rows: 2, unmatched: 1, problem: null });
  });

  it('calls unused who stands in the report without an activity, up to its day', async () => {
    serve([row('lee@contoso.com', null), row('ann@contoso.com', day(120))]);
    await run();
    expect(await use('lee', day(93))).toEqual({ use: 'unused', lastAt: null, until: day(3) });
    expect(await use('ann', day(93))).toEqual({ use: 'unused', lastAt: day(120), until: day(3) });
    expect(await use('lee', day(400))).toEqual({ use: 'unknown' });
  });

  it.each([['first'], ['last']])(
    'takes the later activity of a person who is named twice, the idle row %s',
    async (where) => {
      const rows = [row('lee@contoso.com', day(10)), row('lee@contoso.com', null)];
      serve(where === 'first' ? rows.toReversed() : rows);
      await run();
      expect(await use('lee', day(93))).toEqual({ use: 'used', at: day(10) });
    },
  );

  it('takes the later activity where two pages or two reports differ', async () => {
    serve([row('lee@contoso.com', null)]);
    world.tenant.reports.set('getOffice365ActiveUserDetail', [
      page([row('lee@contoso.com', day(20))]),
      page([row('lee@contoso.com', null)]),
    ]);
    await run();
    expect(await use('lee', day(93))).toEqual({ use: 'used', at: day(20) });
  });

  it('knows a person by a former name, as reports are late', async () => {
    await scanOf({ ...lee, userPrincipalName: 'lee.gu@contoso.com' }, ann);
    serve([row('lee@contoso.com', day(4))]);
    await run();
    expect(await use('lee', day(93))).toEqual({ use: 'used', at: day(4) });
  });

  it('keeps what a report said when the next one fails, and says nothing once that is too old', async () => {
    serve([row('lee@contoso.com', null)]);
    await run();
    const refreshed = day(3);
    world.clock.advance(2 * DAY_MS);
    for (const report of REPORT_NAMES)
      world.tenant.reports.set(report, new TenantReadError('server-error', 'Microsoft could not.'));
    expect((await run()).problems).toHaveLength(REPORT_NAMES.length);
    expect(await use('lee', day(95))).toMatchObject({ use: 'unused', until: refreshed });
    world.clock.advance(LATE_AFTER_MS);
    expect(await use('lee', day(95))).toEqual({ use: 'unknown' });
  });

  it('counts nobody as unused by a report that is late', async () => {
    serve([row('lee@contoso.com', null)], day(9));
    await run();
    expect(await use('lee', day(93))).toEqual({ use: 'unknown' });
    expect(coverageOf(await world.store.usage.reports(), world.clock.now()).teams).toMatchObject({
      known: false,
      why: 'late',
      refreshedAt: day(9),
    });
  });

  it('forgets who is in no newer report', async () => {
    serve([row('lee@contoso.com', null), row('ann@contoso.com', null)]);
    await run();
    world.clock.advance(DAY_MS);
    serve([row('ann@contoso.com', null)]);
    await run();
    expect(await use('lee', day(93))).toEqual({ use: 'unknown' });
    expect(await use('ann', day(93))).toMatchObject({ use: 'unused' });
  });

  it('reads the others when one report fails, and only that one again', async () => {
    serve([row('lee@contoso.com', day(5))]);
    const [first] = REPORT_NAMES;
    world.tenant.reports.set(first, new TenantReadError('throttled', 'Slow down.'));
    expect(await run()).toEqual({ outcome: 'read', problems: ['Slow down.'] });
    expect(await use('lee', day(93))).toEqual({ use: 'used', at: day(5) });
    world.clock.advance(HOUR_MS);
    serve([row('lee@contoso.com', day(4))]);
    expect(await run()).toEqual({ outcome: 'read', problems: [] });
    expect((await world.store.usage.reports()).every(({ problem }) => problem === null)).toBe(true);
  });
});

describe('reports that tell nothing', () => {
  const problems = async () => (await world.store.usage.reports()).map(({ problem }) => problem?.code);

  it('conceal names by a setting, which is said', async () => {
    world.tenant.concealed = true;
    serve([row('8cef4e0b2f3b9b2f8cef4e0b2f3b9b2f', null)]);
    expect((await run()).outcome).toBe('unavailable');
    expect(new Set(await problems())).toEqual(new Set(['concealed']));
    expect((await world.store.usage.reports())[0]?.problem?.message).toBe(CONCEALED);
  });

  it('conceal names, as their rows show where the setting cannot be read', async () => {
    world.tenant.concealed = new TenantReadError('forbidden', 'No.');
    serve([row('8cef4e0b2f3b9b2f8cef4e0b2f3b9b2f', null), row('9cef4e0b2f3b9b2f8cef4e0b2f3b9b2f', null)]);
    await run();
    expect(new Set(await problems())).toEqual(new Set(['concealed']));
    expect(await use('lee', day(93))).toEqual({ use: 'unknown' });
  });

  it('may not be read: the permission is asked for once, and said of all', async () => {
    const refusal = new TenantReadError('forbidden', 'Grant Reports.Read.All.', {
      permission: 'Reports.Read.All',
    });
    for (const report of REPORT_NAMES) world.tenant.reports.set(report, refusal);
    expect(await run()).toEqual({ outcome: 'unavailable', problems: [] });
    expect(await problems()).toEqual(REPORT_NAMES.map(() => 'forbidden'));
  });

  it('come without rows', async () => {
    for (const report of REPORT_NAMES)
      world.tenant.reports.set(report, [{ refreshedAt: null, periodDays: 180, workloads: [], rows: [] }]);
    expect((await run()).problems).toHaveLength(REPORT_NAMES.length);
    expect(await use('lee', day(93))).toEqual({ use: 'unknown' });
  });

  it('are all read for something', () => {
    const shown = REPORT_NAMES.filter((report) => SHOWN_BY[report].length > 0);
    expect(shown).toHaveLength(REPORT_NAMES.length - 2);
  });
});
