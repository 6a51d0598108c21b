import type { Tenant } from '../tenant/tenant.ts';
import type { Act } from './act.ts';
import { applyAct } from './apply-act.ts';

/** What happens how many seconds after play begins, before speed. */
export type TimelineEntry = { readonly second: number; readonly act: Act };

/** Schedules every act of a timeline, counted from `from`, ms UTC. */
export function playTimeline(tenant: Tenant, timeline: readonly TimelineEntry[], from: number): void {
  for (const { second, act } of timeline) {
    tenant.agenda.add(from + tenant.clock.scaled(second * 1000), (at) => applyAct(tenant, act, at));
  }
}
