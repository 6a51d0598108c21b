import type { DetectedChange, LicenseChange } from '../../domain/license/change.ts';
import { diffTenant } from '../../domain/license/diff-tenant.ts';
import { diffUser } from '../../domain/license/diff-user.ts';
import { isMassLoss, MASS_LOSS_MINIMUM_USERS, usersWithLosses } from '../../domain/license/mass-loss.ts';
import type { TenantState } from '../../domain/license/sku.ts';
import { numeral } from '../../domain/numerals.ts';
import {
  type ScanCommit,
  type ScanKind,
  type ScanRecord,
  type ScanSession,
  TenantReadError,
} from '../../domain/ports.ts';
import { isWatchedLoss } from '../../domain/suppression/watched-in.ts';
import type { JobContext } from '../context.ts';
import { notOurs } from '../explain/own-steps.ts';
import { watchList } from '../explain/watch-list.ts';
import { isLeaseLost } from '../lease.ts';
import { announce, readNote } from '../outgoing/alert-notes.ts';
import { readPlace } from '../outgoing/traces.ts';
import { readChanged, readEveryone, readTouched, type ScanRead } from './scan-read.ts';

/** More of an error's message than this is left to the log, characters. */
const MAX_MESSAGE_LENGTH = 200;
/** How far back a read from before a wrong clock is looked for. */
const SCANS_LOOKED_AT = 500;

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
  return context.oneScanAtATime(() => tracedScan(context, request, signal));
}

/** What a read finds is explained and told in its trace: by later jobs, and after a restart too. */
function tracedScan(context: JobContext, request: ScanRequest, signal: AbortSignal): Promise<ScanRecord> {
  const id = context.newId();
  const facts = { 'license_watch.scan': id };
  return context.tracing.within('scan', { at: readPlace(id), facts }, async (span) => {
    const record = await runScan(context, id, request, signal);
    const { kind, outcome, reasonCode, usersRead, changes } = record;
    span.note({
      'license_watch.kind': kind,
      'license_watch.outcome': outcome,
      'license_watch.users': usersRead,
      'license_watch.changes': changes,
    });
    if (outcome === 'incomplete') span.failed(reasonCode ?? outcome);
    return record;
  });
}

async function runScan(
  context: JobContext,
  id: string,
  request: ScanRequest,
  signal: AbortSignal,
): Promise<ScanRecord> {
  const { store, clock, log, metrics } = context;
  const startedAt = clock.now();
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
    if (isLeaseLost(error)) throw error;
    record = { ...partial, finishedAt: clock.now(), outcome: 'incomplete', ...reasonOf(error, id) };
    const { reasonCode: code, reason } = record;
    // Before it is recorded: a database that took no commit may not take the reason either.
    if (error instanceof TenantReadError) {
      log.warn({ scanId: id, code, reason }, 'scan is incomplete: nothing was changed');
    } else log.error({ scanId: id, err: error }, 'scan failed: nothing was changed');
    const note = readNote(record);
    await session.abandon(record, note);
    announce(context, note ? [note] : []);
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

/**
 * A mistake of ours is a miss like any other: people are told, and the next scan tries again. Its text may name
 * anything of the tenant, so that it stays in the log; the database's says what is wrong with the database.
 */
function reasonOf(error: unknown, scanId: string): Pick<ScanRecord, 'reasonCode' | 'reason'> {
  if (error instanceof TenantReadError) return { reasonCode: error.code, reason: error.message };
  const more = `The log has more under the number ${scanId}.`;
  if (error instanceof NotStored) {
    return {
      reasonCode: 'not-stored',
      reason: `What was read could not be stored: ${saidBy(error.cause)} ${more}`,
    };
  }
  const what = error instanceof Error ? error.name : typeof error;
  return { reasonCode: 'internal', reason: `The scan failed inside License Watch (${what}). ${more}` };
}

/** The database did not take what was read. */
class NotStored extends Error {
  constructor(cause: unknown) {
    super('the read could not be stored', { cause });
    this.name = 'NotStored';
  }
}

/** An error's message as one short sentence. */
function saidBy(error: unknown): string {
  const line = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim();
  const short = line.length > MAX_MESSAGE_LENGTH ? `${line.slice(0, MAX_MESSAGE_LENGTH)}…` : line;
  return /[.!?…]$/.test(short) ? short : `${short}.`;
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
  const reads = {
    observedBefore: (await startBefore(context, previous, finishedAt)) ?? complete.startedAt,
    observedAfter: finishedAt,
  };
  const lastFull = await store.scans.last({ outcome: 'complete', kind: 'full' });
  const lastFullAt = lastFull && lastFull.startedAt <= finishedAt ? lastFull.startedAt : reads.observedBefore;
  const beforeOf = ({ kind }: DetectedChange): number =>
    ONLY_IN_FULL_READS.has(kind) ? lastFullAt : reads.observedBefore;
  // What an undo of ours took was decided: it needs no second read.
  const losers = usersWithLosses(await notOurs(context, detected, reads));
  if (losers >= MASS_LOSS_MINIMUM_USERS && !(await confirmsHeldRead(context, read.kind))) {
    const licensed = await session.licensedBefore();
    if (isMassLoss(losers, licensed, settings.massLossPercent)) {
      const reason = `This read takes licenses from ${numeral(losers)} of ${numeral(licensed)} licensed users in one step; a second complete read must say the same before it counts.`;
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
  const commit: ScanCommit = {
    record: complete,
    changes,
    settle: changes.map((change) => ({
      changeId: change.id,
      dueAt: isWatchedLoss(change, marked) ? finishedAt : finishedAt + settings.settleMs,
    })),
    tenant: read.tenant,
    deltaLink: read.deltaLink,
  };
  try {
    await session.commit(commit);
  } catch (error) {
    throw isLeaseLost(error) ? error : new NotStored(error);
  }
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

/**
 * When the last complete read began, ms UTC. One that lies in the future was made while the clock was ahead: then
 * the change may have come at any time since the last one that does not.
 */
async function startBefore(
  { store }: JobContext,
  previous: ScanRecord | null,
  finishedAt: number,
): Promise<number | null> {
  if (previous === null || previous.startedAt <= finishedAt) return previous?.startedAt ?? null;
  const recent = await store.scans.recent(SCANS_LOOKED_AT);
  const sound = recent.find(
    ({ kind, outcome, startedAt }) =>
      kind !== 'targeted' && outcome === 'complete' && startedAt <= finishedAt,
  );
  return sound?.startedAt ?? null;
}

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
