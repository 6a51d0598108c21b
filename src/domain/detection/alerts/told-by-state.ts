import type { Firing } from '../evaluate.ts';

/**
 * Shipped rules about what we also see by ourselves, by their names: whichever comes first opens the alert, and the
 * other joins it. Core services get a card although their level is low.
 */
export const TOLD_BY_STATE = { core: 'core-service-off', auditing: 'advanced-auditing-off' } as const;

export const isToldByState = (name: string | null): boolean =>
  name === TOLD_BY_STATE.core || name === TOLD_BY_STATE.auditing;

/** The state does not know who did it at first, and the record names plans in its own way: whom it hit is known. */
export const byTarget = (firing: Firing): Firing => {
  const { target } = firing.labels;
  return target === undefined ? firing : { ...firing, labels: { target } };
};
