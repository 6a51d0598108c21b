import type { DetectedChange, LicenseChange } from '../domain/license/change.ts';
import { diffTenant } from '../domain/license/diff-tenant.ts';
import { diffUser } from '../domain/license/diff-user.ts';
import { isMassLoss, MASS_LOSS_MINIMUM_USERS, usersWithLosses } from '../domain/license/mass-loss.ts';
import type { TenantState } from '../domain/license/sku.ts';
import { type ScanKind, type ScanRecord, type ScanSession, TenantReadError } from '../domain/ports.ts';
import { isWatchedLoss } from '../domain/standing/watched-in.ts';
import { announce, readNote } from './alert-notes.ts';
import type { JobContext } from './context.ts';
import { notOurs } from './own-steps.ts';
import { readChanged, readEveryone, readTouched, type ScanRead } from './scan-read.ts';
import { watchList } from './watch-list.ts';

export type ScanRequest =
  | { kind: 'full' }
  | { kind: 'delta' }
  | { kind: 'targeted'; userIds: readonly string[] };

/**
 * Reads the tenant, compares it with what is stored, and writes state, changes, delta link and the work
 * they cause in one transaction; or, when the read is not complete, records why and changes nothing.
 * A fast scan whose delta link is dead or absent becomes a full one.
 * @returns the record of the scan; throws only when the database does not take it
 */
export function scan(context: JobContext, request: ScanRequest, signal: AbortSignal): Promise<ScanRecord> {
  return context.oneScanAtATime(() => runScan(context, request, signal));
}

async function runScan(context: JobContext, request: ScanRequest, signal: AbortSignal): Promise<ScanRecord> {
  const { store, clock, newId, log, metrics } = context;
  const startedAt = clock.now();
  const id = newId();
  const session = await store.scans.begin(id);
  context.onStep('scan:begun');
  const partial: Omit<ScanRecord, 'finishedAt' | 'outcome' | 'reasonCode' | 'reason'> = {
    id,
    kind: request.kind,
    startedAt,
    usersRead: 0,
    changes: 0,
  };
  let record: ScanRecord;
  try {
    const read = await readTenant(context, request, session, signal);
    partial.kind = read.kind;
    partial.usersRead = read.usersRead;
    context.onStep('scan:read');
    record = await conclude(context, partial, read, session, signal);
  } catch (error) {
    record = { ...partial, finishedAt: clock.now(), outcome: 'incomplete', ...reasonOf(error, id) };
    const note = readNote(record);
    await session.abandon(record, note);
    announce(context, note ? [note] : []);
    const { reasonCode: code, reason } = record;
    if (error instanceof TenantReadError) {
      log.warn({ scanId: id, code, reason }, 'scan is incomplete: nothing was changed');
    } else log.error({ scanId: id, err: error }, 'scan failed: nothing was changed');
  }
  context.onStep('scan:finished');
  metrics.scanFinished(
    record.kind,
    record.outcome,
    (record.finishedAt - startedAt) / 1000,
    record.usersRead,
    record.changes,
  );
  log.info(
    {
      scanId: id,
      kind: record.kind,
      outcome: record.outcome,
      users: record.usersRead,
      changes: record.changes,
    },
    'scan finished',
  );
  return record;
}

/** A mistake of ours is a miss like any other: people are told, and the next scan tries again. */
function reasonOf(error: unknown, scanId: string): Pick<ScanRecord, 'reasonCode' | 'reason'> {
  if (error instanceof TenantReadError) return { reasonCode: error.code, reason: error.message };
  return {
    reasonCode: 'internal',
    reason: `The scan failed inside License Watch. Its log tells more under the number ${scanId}.`,
  };
}

async function readTenant(
  context: JobContext,
  request: ScanRequest,
  session: ScanSession,
  signal: AbortSignal,
): Promise<ScanRead> {
  switch (request.kind) {
    case 'full':
      return readEveryone(context, session, signal);
    case 'delta':
      return (await readChanged(context, session, signal)) ?? readEveryone(context, session, signal);
    case 'targeted':
      return readTouched(context, session, request.userIds, signal);
  }
}

type Partial = Omit<ScanRecord, 'finishedAt' | 'outcome' | 'reasonCode' | 'reason'>;

/** Turns a complete read into changes, and commits it unless its losses must be confirmed first. */
async function conclude(
  context: JobContext,
  partial: Partial,
  read: ScanRead,
  session: ScanSession,
  signal: AbortSignal,
): Promise<ScanRecord> {
  const { store, clock, settings } = context;
  const marked = await watchList(context, signal);
  const previous = await store.scans.lastWhole();
  const detected = previous === null ? [] : await detectChanges(context, read.tenant, session);
  const finishedAt = clock.now();
  const complete: ScanRecord = {
    ...partial,
    finishedAt,
    outcome: 'complete',
    reasonCode: null,
    reason: null,
    changes: detected.length,
  };
  const reads = { observedBefore: previous?.startedAt ?? complete.startedAt, observedAfter: finishedAt };
  const lastFull = await store.scans.last({ outcome: 'complete', kind: 'full' });
  const beforeOf = ({ kind }: DetectedChange): number =>
    ONLY_IN_FULL_READS.has(kind) ? (lastFull?.startedAt ?? reads.observedBefore) : reads.observedBefore;
  // What an undo of ours took was decided: it needs no second read.
  const losers = usersWithLosses(await notOurs(context, detected, reads));
  if (losers >= MASS_LOSS_MINIMUM_USERS && !(await confirmsHeldRead(context, read.kind))) {
    const licensed = await session.licensedBefore();
    if (isMassLoss(losers, licensed, settings.massLossPercent)) {
      const reason = `This read takes licenses from ${losers} of ${licensed} licensed users at once; a second complete read must say the same before it counts.`;
      const held: ScanRecord = { ...complete, outcome: 'held', reasonCode: 'mass-loss', reason };
      const note = readNote(held);
      await session.abandon(held, note);
      announce(context, note ? [note] : []);
      context.log.warn({ scanId: held.id, losers, licensed }, 'mass loss waits for a second read');
      return held;
    }
  }
  const changes = detected.map(
    (change): LicenseChange => ({
      ...change,
      id: context.newId(),
      scanId: complete.id,
      observedBefore: beforeOf(change),
      observedAfter: finishedAt,
    }),
  );
  context.onStep('scan:before-commit');
  await session.commit({
    record: complete,
    changes,
    settle: changes.map((change) => ({
      changeId: change.id,
      dueAt: isWatchedLoss(change, marked) ? finishedAt : finishedAt + settings.settleMs,
    })),
    tenant: read.tenant,
    deltaLink: read.deltaLink,
  });
  context.onStep('scan:after-commit');
  return complete;
}

/**
 * What a quick read does not see, since Graph's delta does not follow it (`licenseAssignmentStates`): it may have
 * happened at any time since the last full read, and its record lies there.
 */
const ONLY_IN_FULL_READS: ReadonlySet<DetectedChange['kind']> = new Set([
  'path-changed',
  'plans-changed',
  'never-granted',
]);

/** Only a full read confirms, and only right after a held one: a fast scan repeats what it was told. */
async function confirmsHeldRead(context: JobContext, kind: ScanKind): Promise<boolean> {
  if (kind !== 'full') return false;
  const last = await context.store.scans.last();
  return last?.outcome === 'held';
}

async function detectChanges(
  context: JobContext,
  tenant: TenantState | null,
  session: ScanSession,
): Promise<DetectedChange[]> {
  const { users } = context.store;
  const known = await users.tenant();
  const detected: DetectedChange[] = tenant === null ? [] : diffTenant(known.skus, tenant.skus);
  const skusBefore = new Map(known.skus.map((sku) => [sku.skuId, sku]));
  const skusAfter = new Map((tenant ?? known).skus.map((sku) => [sku.skuId, sku]));
  for await (const pairs of session.pairs()) {
    const unknown = pairs.flatMap(({ before, after }) =>
      before === null && after !== null ? [after.id] : [],
    );
    const removed = new Set(
      (unknown.length === 0 ? [] : await users.byIds(unknown)).map((user) => user.state.id),
    );
    const wasRemoved = (userId: string): boolean => removed.has(userId);
    for (const pair of pairs) detected.push(...diffUser(pair, { skusBefore, skusAfter, wasRemoved }));
  }
  return detected;
}
