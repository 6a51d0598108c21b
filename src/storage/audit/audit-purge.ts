import {
  keptByNoneBefore,
  policyThatRemoves,
  type RetentionPolicy,
  removableBefore,
} from '../../domain/archive/retention.ts';
import { recordTypeIn } from '../../domain/audit/record-types.ts';
import { DAY_MS } from '../../domain/durations.ts';
import type { AuditStore } from '../../domain/ports/audit.ts';
import type { HoldStore } from '../../domain/ports/holds.ts';
import type { Chain } from '../archive/chain.ts';
import { mentionsOfHolds } from '../archive/mentions-of-holds.ts';
import { type DatabaseKind, type Queries, THE_TENANT } from '../database/connection.ts';
import { removeRecords } from './remove-records.ts';

/** Records looked at in one go, and removed in one transaction: the bot goes on writing between two of them. */
const PART = 500;
/** Longer than any source gives out content. */
const CONTENT_KEPT_MS = 9 * DAY_MS;

/** Removes old rows of the archive; the database lets nobody else do so. */
export function createPurge(
  db: Queries,
  kind: DatabaseKind,
  chain: Chain,
  holds: Pick<HoldStore, 'inForce'>,
): Pick<AuditStore, 'purge' | 'lastPurge'> {
  return {
    async purge(policies, at) {
      await db
        .deleteFrom('audit_contents')
        .where('received_at', '<', at - CONTENT_KEPT_MS)
        .execute();
      const none = keptByNoneBefore(policies, at);
      if (none !== null) await purgeBesides(db, none);
      const before = removableBefore(policies, at);
      const removed = new Map<string, number>();
      if (before === null) return [];
      const inForce = await holds.inForce();
      for await (const rows of oldRecords(db, before)) {
        for (const [policy, due] of byPolicy(rows, policies, at)) {
          const free = inForce.length === 0 ? due : await notOnHold(db, due, mentionsOfHolds(inForce));
          if (free.length === 0) continue;
          await db.transaction().execute(async (transaction) => {
            await removeRecords(transaction, { kind, chain, rows: free, what: policy.name, before, at });
          });
          removed.set(policy.name, (removed.get(policy.name) ?? 0) + free.length);
        }
      }
      return [...removed].map(([policy, records]) => ({ policy, records }));
    },

    async lastPurge() {
      const row = await db
        .selectFrom('audit_purges')
        .select(['at', 'before_at', 'removed'])
        .orderBy('at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? { at: row.at, before: row.before_at, removed: row.removed } : null;
    },
  };
}

type OldRecord = {
  row_no: number;
  at: number;
  operation: string;
  actor_id: string | null;
  actor_name: string | null;
  record_type: string | null;
  raw: string | null;
};

/** Records of before a time, oldest first, a part at a time. The text of a record comes only where its type does not. */
async function* oldRecords(db: Queries, before: number): AsyncGenerator<OldRecord[]> {
  for (let after = { at: Number.MIN_SAFE_INTEGER, row: -1 }; ; ) {
    const rows = await db
      .selectFrom('audit_events')
      .select(['row_no', 'at', 'operation', 'actor_id', 'actor_name', 'record_type'])
      .select(({ ref, eb }) =>
        eb.case().when('record_type', 'is', null).then(ref('raw')).else(null).end().as('raw'),
      )
      .where('at', '<', before)
      .where('at', '>=', after.at)
      .where(({ eb, or }) => or([eb('at', '>', after.at), eb('row_no', '>', after.row)]))
      .orderBy('at')
      .orderBy('row_no')
      .limit(PART)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = { at: last.at, row: last.row_no };
  }
}

function byPolicy(
  rows: readonly OldRecord[],
  policies: readonly RetentionPolicy[],
  at: number,
): Map<RetentionPolicy, OldRecord[]> {
  const due = new Map<RetentionPolicy, OldRecord[]>();
  for (const row of rows) {
    const policy = policyThatRemoves(
      {
        at: row.at,
        recordType: row.record_type ?? recordTypeIn(row.raw ?? ''),
        operation: row.operation,
        actorId: row.actor_id,
        actorName: row.actor_name,
      },
      policies,
      at,
    );
    if (policy) due.set(policy, [...(due.get(policy) ?? []), row]);
  }
  return due;
}

/** Records that mention nobody who is on hold, wherever in their text. */
async function notOnHold<Row extends { row_no: number }>(
  db: Queries,
  rows: readonly Row[],
  isHeld: (text: string) => boolean,
): Promise<Row[]> {
  const texts = await db
    .selectFrom('audit_events')
    .select(['row_no', 'event', 'raw'])
    .where(
      'row_no',
      'in',
      rows.map(({ row_no }) => row_no),
    )
    .execute();
  const held = new Set(
    texts.filter(({ event, raw }) => isHeld(`${event} ${raw}`)).map(({ row_no }) => row_no),
  );
  return rows.filter(({ row_no }) => !held.has(row_no));
}

/** What was made of records goes with the last of them: windows, matches, and alerts that wait for nobody. */
async function purgeBesides(db: Queries, before: number): Promise<void> {
  await db.deleteFrom('audit_windows').where('to_at', '<', before).execute();
  await db
    .deleteFrom('detection_matches')
    .where('tenant_id', '=', THE_TENANT)
    .where('at', '<', before)
    .execute();
  await db
    .deleteFrom('security_incidents')
    .where('tenant_id', '=', THE_TENANT)
    .where('status', '!=', 'open')
    .where('last_at', '<', before)
    .execute();
}
