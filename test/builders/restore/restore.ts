import type { JobContext } from '../../../src/jobs/context.ts';
import { carryOut } from '../../../src/jobs/restore/carry-out.ts';
import { followUp } from '../../../src/jobs/restore/follow-up.ts';

/**
 * Runs what the scheduler runs side by side one after the other, until nothing is left to do: carries out the steps
 * of stored decisions, and reads the touched users again.
 * @returns how many steps were concluded
 */
export async function restore(context: JobContext, signal: AbortSignal): Promise<number> {
  let concluded = await carryOut(context, signal);
  while (await followUp(context, signal)) concluded += await carryOut(context, signal);
  return concluded;
}
