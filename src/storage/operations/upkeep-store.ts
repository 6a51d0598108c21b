import { DAY_MS } from '../../domain/durations.ts';
import { KEPT_DAYS, type UpkeepStore } from '../../domain/ports/upkeep.ts';
import { type Queries, THE_TENANT } from '../database/connection.ts';
import type { AuditWindowRow } from '../database/schema-audit.ts';

/** Rows that are removed in one statement: the bot goes on writing between two of them. */
const PART = 2_000;

/** Removes what grows with time alone; `docs/operations.md` says how large each table gets. */
export function createUpkeepStore(db: Queries): UpkeepStore {
  return {
    async prune(at) {
      const before = (days: number): number => at - days * DAY_MS;
      return new Map([
        ['scans', await pruneScans(db, before(KEPT_DAYS.scans))],
        ['outbox', await pruneOutbox(db, before(KEPT_DAYS.outbox))],
        ['escalations', await pruneEscalations(db, before(KEPT_DAYS.escalations))],
        ['service_issues', await pruneServiceIssues(db, before(KEPT_DAYS.serviceIssues))],
        ['audit_windows', await foldWindows(db, before(KEPT_DAYS.windowsApart))],
      ]);
    },
  };
}

/** Reads that found nothing. What found changes is named by them; the newest of a kind says since when all is well. */
async function pruneScans(db: Queries, before: number): Promise<number> {
  const newest = await db
    .selectFrom('scans')
    .select(({ fn }) => fn.max('row_no').as('row_no'))
    .groupBy(['kind', 'outcome'])
    .execute();
  const kept = newest.map(({ row_no }) => Number(row_no));
  return inParts(async () => {
    const rows = await db
      .selectFrom('scans')
      .select('row_no')
      .where('finished_at', '<', before)
      .where('changes', '=', 0)
      .$if(kept.length > 0, (query) => query.where('row_no', 'not in', kept))
      .orderBy('row_no')
      .limit(PART)
      .execute();
    const numbers = rows.map(({ row_no }) => row_no);
    if (numbers.length > 0) await db.deleteFrom('scans').where('row_no', 'in', numbers).execute();
    return numbers.length;
  });
}

async function pruneOutbox(db: Queries, before: number): Promise<number> {
  return inParts(async () => {
    const rows = await db
      .selectFrom('outbox')
      .select('row_no')
      .where('done', '=', 1)
      .where('not_before', '<', before)
      .orderBy('row_no')
      .limit(PART)
      .execute();
    const numbers = rows.map(({ row_no }) => row_no);
    if (numbers.length > 0) await db.deleteFrom('outbox').where('row_no', 'in', numbers).execute();
    return numbers.length;
  });
}

async function pruneEscalations(db: Queries, before: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('escalations')
    .where('tenant_id', '=', THE_TENANT)
    .where('ended_at', '<', before)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

async function pruneServiceIssues(db: Queries, before: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('service_issues')
    .where('end_at', '<', before)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** An hour of a log that was read completely says no more once it is old: hours that follow each other become one row. */
async function foldWindows(db: Queries, before: number): Promise<number> {
  const feeds = await db.selectFrom('audit_windows').select(['source', 'content_type']).distinct().execute();
  let gone = 0;
  for (const feed of feeds) gone += await inParts(() => foldPart(db, feed, before));
  return gone;
}

async function foldPart(
  db: Queries,
  { source, content_type }: Pick<AuditWindowRow, 'source' | 'content_type'>,
  before: number,
): Promise<number> {
  const ofFeed = await db
    .selectFrom('audit_windows')
    .select(['from_at', 'to_at', 'status'])
    .where('source', '=', source)
    .where('content_type', '=', content_type)
    .where('to_at', '<', before)
    .orderBy('from_at')
    .execute();
  const first = ofFeed.findIndex((window, index) => follows(ofFeed[index - 1], window));
  const [head] = ofFeed.slice(first - 1);
  if (first === -1 || !head) return 0;
  const folded: Window[] = [];
  for (let index = first; folded.length < PART; index++) {
    const window = ofFeed[index];
    if (!window || !follows(ofFeed[index - 1], window)) break;
    folded.push(window);
  }
  await db.transaction().execute(async (transaction) => {
    await transaction
      .deleteFrom('audit_windows')
      .where('source', '=', source)
      .where('content_type', '=', content_type)
      .where(
        'from_at',
        'in',
        folded.map(({ from_at }) => from_at),
      )
      .execute();
    await transaction
      .updateTable('audit_windows')
      .set({ to_at: folded.at(-1)?.to_at ?? head.to_at })
      .where('source', '=', source)
      .where('content_type', '=', content_type)
      .where('from_at', '=', head.from_at)
      .execute();
  });
  return folded.length;
}

type Window = Pick<AuditWindowRow, 'from_at' | 'to_at' | 'status'>;

const follows = (earlier: Window | undefined, { from_at, status }: Window): boolean =>
  earlier?.status === 'complete' && status === 'complete' && earlier.to_at === from_at;

/** Repeats a part until nothing is left. */
async function inParts(part: () => Promise<number>): Promise<number> {
  let all = 0;
  for (;;) {
    const some = await part();
    if (some === 0) return all;
    all += some;
  }
}
