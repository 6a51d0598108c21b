import type { TenantState } from '../../domain/license/sku.ts';
import type { ScanKind, ScanSession, UserPage } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { lastKnown, noteLeftOut } from '../left-out.ts';

/** A complete read whose users are staged in the session. */
export type ScanRead = {
  kind: ScanKind;
  usersRead: number;
  tenant: TenantState | null;
  deltaLink: string | null;
};

/**
 * Reads every user. The delta link is taken first, so that what changes during the read is seen again by
 * the next fast scan. A user that the listing leaves out is asked for by id before they count as gone: the
 * listing is eventually consistent. Throws TenantReadError.
 */
export async function readEveryone(
  context: JobContext,
  session: ScanSession,
  signal: AbortSignal,
): Promise<ScanRead> {
  const { reader } = context;
  const deltaLink = await reader.deltaLinkFromNow(signal);
  let usersRead = 0;
  for await (const page of reader.users(signal)) {
    usersRead += await stagePage(session, page);
    context.onStep('scan:page');
  }
  await readById(context, session, await session.unseen(), signal);
  return { kind: 'full', usersRead, tenant: await readTenant(context, signal), deltaLink };
}

/**
 * What is read beside the users. A group that stopped giving licenses stays known as long as it exists: whoever
 * lost a license through it can have it back only by the group.
 */
async function readTenant(context: JobContext, signal: AbortSignal): Promise<TenantState> {
  const { reader, store } = context;
  const { leftOut, ...read } = await reader.tenantState(signal);
  await noteLeftOut(context, 'subscriptions', leftOut);
  const before = await store.users.tenant();
  const tenant = {
    ...read,
    subscriptions: [...read.subscriptions, ...lastKnown(leftOut, before.subscriptions)],
  };
  const giving = new Set(tenant.groups.map(({ id }) => id));
  const known = before.groups.filter(({ id }) => !giving.has(id));
  if (known.length === 0) return tenant;
  const stopped = await reader.groupsById(
    known.map(({ id }) => id),
    signal,
  );
  return { ...tenant, groups: [...tenant.groups, ...stopped] };
}

/** A page that is the same as in the last complete read is neither parsed nor compared. */
async function stagePage(session: ScanSession, page: UserPage): Promise<number> {
  const known = page.digest === null ? null : await session.stageKnownPage(page.digest);
  if (known !== null) return known;
  const users = page.users();
  await session.stage(users, page.digest);
  return users.length;
}

/**
 * Reads the users that delta says have changed. Null when only a full read can tell: there is no link, or
 * the link is dead. Throws TenantReadError.
 */
export async function readChanged(
  context: JobContext,
  session: ScanSession,
  signal: AbortSignal,
): Promise<ScanRead | null> {
  const { reader, store, log } = context;
  const link = await store.scans.deltaLink();
  if (!link) return null;
  const delta = await reader.changedSince(link, signal);
  if (delta.kind === 'resync') {
    log.info({ reason: delta.reason }, 'delta link is dead: reading everyone');
    return null;
  }
  await readById(context, session, delta.changedIds, signal);
  return {
    kind: 'delta',
    usersRead: delta.changedIds.length,
    tenant: await readTenant(context, signal),
    deltaLink: delta.link,
  };
}

/** Reads these users only, to see what a write has done. Throws TenantReadError. */
export async function readTouched(
  context: JobContext,
  session: ScanSession,
  userIds: readonly string[],
  signal: AbortSignal,
): Promise<ScanRead> {
  await readById(context, session, userIds, signal);
  return { kind: 'targeted', usersRead: userIds.length, tenant: null, deltaLink: null };
}

async function readById(
  context: JobContext,
  session: ScanSession,
  userIds: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (userIds.length === 0) return;
  const { found, missing } = await context.reader.usersById(userIds, signal);
  await session.stage(found);
  await session.stageGone(missing);
}
