import type { Holders } from '../../../src/jobs/lease.ts';

/** How other processes see this one; a test moves the uptime. Nobody is known to be gone. */
export const someHolders = (
  own: string,
  clock: { now(): number },
  stateOf: Holders['stateOf'] = () => 'unknown',
): Holders => ({ own, uptime: () => clock.now(), stateOf });
