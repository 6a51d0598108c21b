import type { RoutesNow } from '../../domain/ports.ts';

/** The routes in force, and how long nobody may react before whoever is on call is called, ms; null: for good. */
export type RoutingFacts = { routes: RoutesNow; escalateAfterMs: number | null };
