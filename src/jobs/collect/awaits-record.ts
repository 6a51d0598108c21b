import { MINUTE_MS } from '../../domain/durations.ts';
import type { JobContext } from '../context.ts';

/** So long after a change its record is looked for more often, ms; Microsoft writes most within minutes. */
const SOUGHT_FOR_MS = 10 * MINUTE_MS;
/** How often it is looked for then, ms. */
export const LOOK_AGAIN_MS = MINUTE_MS;
/** More changes than this are looked at by their newest. */
const MOST = 200;

/** Whether a change of the last ten minutes has no record yet. */
export async function awaitsRecord({ store, clock }: JobContext): Promise<boolean> {
  const recent = await store.changes.find({ from: clock.now() - SOUGHT_FOR_MS, limit: MOST });
  return recent.some(({ verdict }) => verdict === null || verdict.level === 'unexplained');
}
