import type { DigestEntry } from '../../domain/ports.ts';
import { digestText } from '../../domain/routing/digest-text.ts';
import type { JobContext } from '../context.ts';

/**
 * Posts the digest of what is due, a message for each channel; with nothing to tell there is none. The message is
 * queued and its lines are marked in one transaction: a process that dies loses nothing and repeats nothing.
 * @returns how many digests were queued
 */
export async function postDigests(context: JobContext): Promise<number> {
  const { store, clock, routes, log } = context;
  const now = clock.now();
  const due = await store.digest.due(now);
  if (due.length === 0) return 0;
  const { timeZone } = (await routes.current()).routing;
  const byTarget = Map.groupBy(due, ({ targetKey }) => targetKey);
  for (const [targetKey, entries] of byTarget) {
    const message = {
      kind: 'notice' as const,
      ...digestText(entries, timeZone),
      ...(await toTarget(context, targetKey)),
    };
    const keys = entries.map(({ key }) => key);
    context.onStep('digest:before-commit');
    await store.digest.tell(
      targetKey,
      keys,
      { key: keyOf(targetKey, entries, now), message, notBefore: now },
      now,
    );
    context.onStep('digest:after-commit');
    log.info({ channel: targetKey, lines: entries.length }, 'a digest was queued');
  }
  return byTarget.size;
}

/** A channel that is gone or takes nothing leaves its digest to the channel that is set in chat. */
async function toTarget({ store }: JobContext, targetKey: string): Promise<{ to?: string }> {
  if (targetKey === '') return {};
  const channel = await store.conversations.byKey(targetKey);
  return channel && channel.unreachable === null ? { to: targetKey } : {};
}

const keyOf = (targetKey: string, entries: readonly DigestEntry[], now: number): string =>
  `notice:digest:${targetKey}:${now}:${entries[0]?.key ?? ''}`;
