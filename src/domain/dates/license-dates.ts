/** One service plan of a user, as Graph's `assignedPlans` tells it; `assignedAt` is ms UTC, null where none is told. */
export type ServicePlanDate = { servicePlanId: string; status: string; assignedAt: number | null };

/** When Microsoft last touched an assignment (`licenseAssignmentStates.lastUpdatedDateTime`), ms UTC. */
export type StateDate = { skuId: string; path: string; updatedAt: number };

/** Microsoft's own dates of a user's licenses, as they were read at `readAt` (ms UTC). */
export type LicenseDates = {
  userId: string;
  readAt: number;
  /** Null: Microsoft's answer had no plans, which is not the same as no plan. */
  plans: ServicePlanDate[] | null;
  states: StateDate[] | null;
};

/** How the daily read of everybody's dates stands. Times are ms UTC. */
export type LicenseDatesRun = {
  /** When the last read that came to its end ended; null before the first. */
  readAt: number | null;
  /** A read that is under way or was cut off: when it began, and the page that comes next. */
  open: { startedAt: number; next: string | null } | null;
  /** Why it fails, and since when. */
  problem: { code: string; message: string; at: number } | null;
};
