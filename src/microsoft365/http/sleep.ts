import { type Clock, TenantReadError } from '../../domain/ports.ts';

/** Waits `ms`. Throws TenantReadError `cancelled` when the signal aborts first. */
export async function sleepOrCancel(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (cause) {
    throw signal.aborted ? cancelled(cause) : cause;
  }
}

/** What a read that was stopped from outside ends with. */
export const cancelled = (cause?: unknown): TenantReadError =>
  new TenantReadError('cancelled', 'The read was cancelled before it was complete.', { cause });
