import { TenantReadError } from '../../domain/ports.ts';
import { isReadDue } from '../../domain/spend/sign-in.ts';
import type { JobContext } from '../context.ts';

/** `unavailable`: this tenant or this app does not get to see sign-ins; nothing to try again but slowly. */
export type SignInsOutcome = 'read' | 'not-due' | 'unavailable';

/**
 * Reads when everybody last signed in, once a day, beside the scans: whether it works says nothing of licenses. A
 * read that fails leaves the last one in place, and its reason where `status` finds it.
 * Throws TenantReadError when Microsoft could not be read for a reason that may pass.
 */
export async function readSignIns(context: JobContext, signal: AbortSignal): Promise<SignInsOutcome> {
  const { store, clock } = context;
  if (!isReadDue(await store.signIns.state(), clock.now())) return 'not-due';
  try {
    await readEverybody(context, signal);
    return 'read';
  } catch (error) {
    if (!(error instanceof TenantReadError)) throw error;
    // A read that we stopped ourselves says nothing of the tenant.
    if (error.code === 'cancelled') throw error;
    await noteProblem(context, error);
    if (error.code === 'forbidden') return 'unavailable';
    throw error;
  }
}

async function readEverybody(
  { reader, store, clock, log, onStep }: JobContext,
  signal: AbortSignal,
): Promise<void> {
  const read = await store.signIns.begin();
  let users = 0;
  for await (const page of reader.signIns(signal)) {
    await read.add(page);
    users += page.length;
    onStep('sign-ins:page');
  }
  await read.commit(clock.now());
  log.info({ users }, 'sign-ins were read');
}

/** A tenant without Entra ID P1 is refused each time: the log hears of it once. */
async function noteProblem(
  { store, clock, log }: JobContext,
  { code, message }: TenantReadError,
): Promise<void> {
  const { problem } = await store.signIns.state();
  await store.signIns.setProblem({ code, message, at: clock.now() });
  if (problem?.message !== message) log.warn({ code, reason: message }, 'sign-ins could not be read');
}
