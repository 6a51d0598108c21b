import type { JobContext } from '../context.ts';
import { carryOut } from './carry-out.ts';
import { followUp } from './follow-up.ts';

/**
 * Carries out the steps of stored decisions, then reads the touched users again, and the cards say what came of
 * it. The scheduler runs the two halves side by side, so that a long read holds up no write.
 * @returns how many steps were concluded
 */
export async function restore(context: JobContext, signal: AbortSignal): Promise<number> {
  let concluded = await carryOut(context, signal);
  while (await followUp(context, signal)) concluded += await carryOut(context, signal);
  return concluded;
}
