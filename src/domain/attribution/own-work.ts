import type { AuditEvent } from '../audit/event.ts';
import { licenseOperation } from '../audit/operation.ts';
import { SLACK_MS } from './window.ts';

/** What we gave somebody ourselves: one step of a restore that was carried out. `at` is ms UTC. */
export type OwnStep = {
  userId: string;
  skuIds: readonly string[];
  at: number;
  /** Who decided it. */
  by: string;
};

/**
 * The ids under which the log knows us. Records name our service principal, and our settings hold only the
 * application id; but whoever gave just these licenses to just these people, when we did, is ourselves. Where
 * two apps acted at the same time, neither is taken.
 */
export function ownIdsIn(events: readonly AuditEvent[], steps: readonly OwnStep[]): string[] {
  if (steps.length === 0) return [];
  const stepsOf = Map.groupBy(steps, (step) => step.userId);
  const actors = new Map<OwnStep, Set<string>>();
  for (const event of events) {
    if (event.actor?.kind !== 'app' || event.actor.id === null || event.result === 'failure') continue;
    for (const step of event.targets.flatMap(({ id }) => stepsOf.get(id ?? '') ?? [])) {
      if (!isOf(event, step)) continue;
      const known = actors.get(step);
      if (known) known.add(event.actor.id);
      else actors.set(step, new Set([event.actor.id]));
    }
  }
  return [...new Set([...actors.values()].flatMap((ids) => (ids.size === 1 ? [...ids] : [])))];
}

function isOf({ at, licenses, operation }: AuditEvent, step: OwnStep): boolean {
  if (Math.abs(at - step.at) > SLACK_MS) return false;
  if (licenses === null) return licenseOperation(operation) === 'change-user-license';
  return step.skuIds.every((skuId) => licenses.after.some((license) => license.skuId === skuId));
}

/** Our own step that gave a user a SKU between two instants (ms UTC, both included), or null. */
export const ownStepFor = (
  steps: readonly OwnStep[],
  userId: string,
  skuId: string,
  window: { from: number; to: number },
): OwnStep | null =>
  steps.find(
    (step) =>
      step.userId === userId && step.skuIds.includes(skuId) && step.at >= window.from && step.at <= window.to,
  ) ?? null;
