import type { AlertTarget, OutgoingMessage } from '../../domain/ports.ts';
import { utcMinute } from '../../domain/time-formats.ts';
import type { JobContext } from '../context.ts';

/** So many looks in a row must find the database unwritable: one may fall into a restart or a failover. */
export const MIN_FAILURES = 3;

/** What is known of the database's readiness to be written. `since` is ms UTC. */
export type WriteState = { failures: number; since: number | null; alerted: boolean };

export const WRITABLE: WriteState = { failures: 0, since: null, alerted: false };

/** "2026-11-30 06:45 UTC": the notice has no reader's time zone. */
const utcText = (at: number): string => `${utcMinute(at)} UTC`;

/** What a look makes of it, and what the channel has to hear about it. `now` is ms UTC. */
export function afterLook(
  state: WriteState,
  problem: string | null,
  now: number,
): { state: WriteState; say: 'cannot write' | 'works again' | null } {
  if (problem === null) return { state: WRITABLE, say: state.alerted ? 'works again' : null };
  const failures = state.failures + 1;
  const next = { ...state, failures, since: state.since ?? now };
  return { state: next, say: !next.alerted && failures >= MIN_FAILURES ? 'cannot write' : null };
}

/**
 * Looks whether the database takes writes, and alerts the channel directly when it does not: then neither the record
 * of a failed scan nor a queued message could be written. Once per episode and process; a restart in between alerts
 * once more. What is posted needs the database to be readable, as the channel's address is there.
 * @param ledLast whether this process runs the jobs, or was the last that is known to
 */
export function createWriteWatch(context: JobContext, ledLast: () => boolean): { look(): Promise<void> } {
  let state = WRITABLE;
  let target: AlertTarget | null = null;
  let looking = false;

  async function findTarget(): Promise<void> {
    try {
      target = await context.store.conversations.alertTarget();
    } catch (err) {
      context.log.warn({ err }, 'the alert channel could not be read');
    }
  }

  async function post(
    message: Pick<OutgoingMessage, 'key'> & { title: string; text: string },
  ): Promise<boolean> {
    if (target === null) return false;
    const outcome = await context.notifier.post(target, { kind: 'notice', mention: null, ...message });
    if (!outcome.ok)
      context.log.warn({ reason: outcome.reason }, 'the notice about the database was not posted');
    return outcome.ok;
  }

  async function lookOnce(): Promise<void> {
    const { store, clock, log } = context;
    await findTarget();
    const problem = await store.writeProblem().catch((error: unknown) => String(error));
    const { state: next, say } = afterLook(state, problem, clock.now());
    const key = `database:${next.since ?? state.since ?? 0}`;
    if (say === null || !ledLast()) {
      state = next;
      return;
    }
    if (say === 'works again') {
      const text = 'The database takes writes again. What happened in between comes with the next scan.';
      if (await post({ key: `${key}:mended`, title: 'License Watch works again', text })) state = next;
      return;
    }
    log.error({ problem, since: next.since }, 'the database takes no writes');
    const text = `License Watch hasn’t been able to write to its database since ${utcText(next.since ?? 0)} (${problem}). It watches nothing until that is mended: look at the disk, the permissions and the server of the database.`;
    state = { ...next, alerted: await post({ key, title: 'License Watch is not watching', text }) };
  }

  return {
    async look() {
      if (looking) return;
      looking = true;
      try {
        await lookOnce();
      } catch (err) {
        context.log.error({ err }, 'whether the database takes writes could not be found out');
      } finally {
        looking = false;
      }
    },
  };
}
