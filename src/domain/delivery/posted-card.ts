import type { AlertTarget } from './alert-target.ts';
import type { Shown } from './shown.ts';

/**
 * A card that somebody saw or pressed, and when, ms UTC. One that was `replaced` by a new card is taken out of the
 * channel, where Teams lets it.
 */
export type CardCopy = {
  target: AlertTarget;
  activityId: string;
  seenAt: number;
  replaced?: boolean | undefined;
};

export type PostedCard = {
  /** The incident, or the request for a second operator, that it shows. */
  incidentId: string;
  target: AlertTarget;
  activityId: string;
  revision: number;
  postedAt: number;
  /** Cards that stand beside it, and are edited with it. */
  copies: readonly CardCopy[];
  /** When it was posted although an earlier one may have arrived, oldest first. */
  postedAgain: readonly number[];
  /** What it said last; null for cards of versions that did not keep it. */
  shown: Shown | null;
  /** Whether somebody deleted it, and no copy stands. */
  gone: boolean;
};
