import { MINUTE_MS } from '../../domain/durations.ts';
import { TenantReadError } from '../../domain/ports.ts';
import { type WatchList, watchListOf } from '../../domain/suppression/watched-in.ts';
import type { JobContext } from '../context.ts';

/** How long the members of a marked group are taken for known, ms. */
const KNOWN_FOR_MS = 10 * MINUTE_MS;
/** How long the directory may take to name a group's members, ms: a scan waits for it. */
const ANSWER_WITHIN_MS = 30_000;

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Whom people keep an eye on now. What the directory does not say is taken from its last answer; without one, the
 * members of a group are known by the licenses that it gave them only.
 */
export async function watchList(context: JobContext, signal?: AbortSignal): Promise<WatchList> {
  const marks = await context.store.suppression.marks();
  let members: ReadonlySet<string> = NOBODY;
  for (const { subject } of marks) {
    if (subject.kind === 'group') members = members.union(await membersOf(context, subject.id, signal));
  }
  return watchListOf(marks, members);
}

/** The group's members, and those of the read before: who was deleted meanwhile is no member any more. */
async function membersOf(
  { reader, clock, markedMembers, log }: JobContext,
  groupId: string,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const known = markedMembers.of(groupId);
  const now = clock.now();
  if (known && known.at <= now && now - known.at < KNOWN_FOR_MS) return known.members.union(known.earlier);
  const patience = AbortSignal.timeout(ANSWER_WITHIN_MS);
  try {
    const members = await reader.groupMembers(
      groupId,
      signal ? AbortSignal.any([signal, patience]) : patience,
    );
    const earlier = known?.members ?? NOBODY;
    markedMembers.note(groupId, { at: now, members, earlier });
    return members.union(earlier);
  } catch (error) {
    if (!(error instanceof TenantReadError)) throw error;
    log.warn({ groupId, code: error.code, reason: error.message }, 'members of a marked group are not known');
    return known ? known.members.union(known.earlier) : NOBODY;
  }
}
