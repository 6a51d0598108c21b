import { beforeAll, describe, expect, it } from 'vitest';
import { TABLE_GROWTH } from '../../../../scripts/table-growth.ts';
import { DAY_MS, HOUR_MS } from '../../../../src/domain/durations.ts';
import { collect } from '../../../../src/jobs/collect/collect.ts';
import { type Job, jobTable } from '../../../../src/jobs/running/job-table.ts';
import { JobIncomplete } from '../../../../src/jobs/running/runner.ts';
import { createStore } from '../../../../src/storage/create-store.ts';
import { migrate } from '../../../../src/storage/database/migrate.ts';
import { openSqlite } from '../../../../src/storage/open-sqlite.ts';
import { aChannel, aJobWorld } from '../../../builders/jobs/job-context.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { FakeAuditFeed } from '../../../fakes/fake-audit-feed.ts';
import { countRows } from './count-rows.ts';

const never = new AbortController().signal;
const DAYS = 400;
/** Fewer than in production, so that a year takes seconds: what is kept is kept by its age. */
const SCANS_A_DAY = 3;

/** Runs all jobs for days in which nothing happens, and says how many rows each table has after half and at the end. */
async function anIdleYear(): Promise<{ half: Map<string, number>; end: Map<string, number> }> {
  const open = await openSqlite(':memory:');
  await migrate(open.db, open.kind);
  const world = await aJobWorld();
  const store = createStore(open);
  const context = { ...world.context, store, auditReaders: [new FakeAuditFeed()] };
  world.tenant.put(
    ...Array.from({ length: 10 }, (_, n) => aUserState({ id: `user-${n}`, assignments: [anAssignment()] })),
  );
  world.tenant.state = { skus: [aSkuState({ enabled: 25 })], subscriptions: [], groups: [] };
  await store.conversations.upsert(aChannel());
  const schedules = { scan: '*', fullScan: '*', collect: '*', auditCheck: '*', confirmAfterMs: 0 };
  const jobs = jobTable(context, schedules, { runDueWorkSoon: () => undefined, startLater: () => undefined });
  const run = async ({ name, work }: Job): Promise<void> => {
    await store.jobs.started(name, world.clock.now());
    // No usage report is there to be read: that job does a part of its work only, on each of the days.
    await work(never).catch((error: unknown) => {
      if (!(error instanceof JobIncomplete)) throw error;
    });
    await store.jobs.finished(name, world.clock.now(), true, null);
  };
  const quick = jobs.find(({ name }) => name === 'scan');
  let half = new Map<string, number>();
  for (let day = 0; day < DAYS; day++) {
    for (let scan = 0; scan < SCANS_A_DAY - 2; scan++) if (quick) await run(quick);
    for (const job of jobs) await run(job);
    world.clock.advance(12 * HOUR_MS);
    await collect(context, never);
    world.clock.advance(DAY_MS - 12 * HOUR_MS);
    if (day === DAYS / 2) half = await countRows(open.db);
  }
  const end = await countRows(open.db);
  await store.close();
  await world.store.close();
  return { half, end };
}

describe('a year in which nothing happens', () => {
  let rows: Awaited<ReturnType<typeof anIdleYear>>;
  beforeAll(async () => {
    rows = await anIdleYear();
  }, 280_000);

  it('leaves no table that is not in the list', () => {
    expect([...rows.end.keys()].filter((table) => !(table in TABLE_GROWTH))).toEqual([]);
  });

  it('leaves no more rows in any table than the list says', () => {
    const allowed = (table: string): number => {
      const idle = TABLE_GROWTH[table]?.idle ?? 0;
      if (typeof idle === 'number') return idle;
      const aDay = table === 'scans' ? SCANS_A_DAY : idle.aDay;
      return aDay * idle.days + 10;
    };
    const larger = [...rows.end].filter(([table, count]) => count > allowed(table));
    expect(larger).toEqual([]);
  });

  it('makes no table larger in its second half', () => {
    const grown = [...rows.end].filter(([table, count]) => count > (rows.half.get(table) ?? 0));
    expect(grown).toEqual([]);
  });

  it('works at all: reads and logs were noted', () => {
    expect(rows.end.get('scans')).toBeGreaterThan(80 * SCANS_A_DAY);
    expect(rows.end.get('audit_windows')).toBeGreaterThan(25 * 24);
  });
});
