import { type Compilable, CompiledQuery } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsQuery } from '../../../../src/storage/audit/audit-store.ts';
import type { OpenDatabase } from '../../../../src/storage/create-store.ts';
import { migrate } from '../../../../src/storage/database/migrate.ts';
import { dueItemsQuery } from '../../../../src/storage/delivery/outbox-store.ts';
import { waitingAskedQuery } from '../../../../src/storage/incidents/asked-change-store.ts';
import { changesQuery, dueQuery } from '../../../../src/storage/incidents/change-store.ts';
import { decisionsQuery } from '../../../../src/storage/incidents/decision-rows.ts';
import { lateRequestsQuery, openIncidentsQuery } from '../../../../src/storage/incidents/incident-store.ts';
import { notedStepsQuery, openStepsQuery } from '../../../../src/storage/incidents/step-rows.ts';
import { openSqlite } from '../../../../src/storage/open-sqlite.ts';

let open: OpenDatabase;
beforeAll(async () => {
  open = await openSqlite(':memory:');
  await migrate(open.db, open.kind);
});
afterAll(() => open.db.destroy());

/** The lines of SQLite's plan. */
async function planOf(query: Compilable): Promise<string[]> {
  const { sql, parameters } = query.compile();
  const plan = await open.db.executeQuery<{ detail: string }>(
    CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]),
  );
  return plan.rows.map((row) => row.detail);
}

const window = { from: 1_000, to: 2_000 };

describe('hot queries on SQLite', () => {
  it.each<[string, () => Compilable, RegExp]>([
    [
      'changes of a user',
      () => changesQuery(open.db, 'sqlite', { userIds: ['u'], ...window }),
      /license_changes_by_user \(user_id=\? AND observed_after>/,
    ],
    [
      'changes of a SKU',
      () => changesQuery(open.db, 'sqlite', { skuIds: ['s'], ...window }),
      /license_changes_by_sku \(sku_id=\?/,
    ],
    ['changes of a scan', () => changesQuery(open.db, 'sqlite', { scanId: 's' }), /license_changes_by_scan/],
    ['changes in a window', () => changesQuery(open.db, 'sqlite', window), /license_changes_by_time/],
    ['the newest changes', () => changesQuery(open.db, 'sqlite', { limit: 10 }), /license_changes_by_time/],
    ['changes that are due', () => dueQuery(open.db, 1_000), /change_settling_due/],
    [
      'records on a target',
      () => eventsQuery(open.db, 'sqlite', { targetIds: ['u'], ...window }),
      /audit_targets_1 \(target_id=\? AND at>/,
    ],
    [
      'records of an actor',
      () => eventsQuery(open.db, 'sqlite', { actorIds: ['a'], ...window }),
      /audit_events_by_actor \(actor_id=\? AND at>/,
    ],
    [
      'the newest records of an actor',
      () => eventsQuery(open.db, 'sqlite', { actorIds: ['a'], limit: 500, ...window }),
      /audit_events_by_actor \(actor_id=\? AND at>/,
    ],
    [
      'the newest records on a target',
      () => eventsQuery(open.db, 'sqlite', { targetIds: ['u'], limit: 500, ...window }),
      /audit_targets_1 \(target_id=\? AND at>/,
    ],
    ['records in a window', () => eventsQuery(open.db, 'sqlite', window), /audit_events_by_time/],
    ['requests that are too late', () => lateRequestsQuery(open.db, 1_000), /incidents_by_request/],
    ['what waits for a second operator', () => waitingAskedQuery(open.db), /asked_changes_waiting/],
    ['open incidents', () => openIncidentsQuery(open.db), /incidents_open/],
    [
      'decisions in a window',
      () => decisionsQuery(open.db, { at: 1_000, rowNo: 1 }, 2_000),
      /decisions_by_time \(at>\? AND at</,
    ],
    ['steps that are open', () => openStepsQuery(open.db), /decision_steps_open/],
    ['steps noted in a window', () => notedStepsQuery(open.db, 1_000, 2_000), /decision_steps_by_time/],
    ['what is to be sent', () => dueItemsQuery(open.db, 1_000), /outbox_waiting/],
  ])('%s use their index', async (_name, query, index) => {
    const plan = await planOf(query());
    expect(plan.join('\n')).toMatch(index);
    // A scan along an index's order is fine; one over a whole table is not.
    expect(plan.filter((line) => /^SCAN (?!.*USING)(?!json_each)/.test(line))).toEqual([]);
  });
});
