import type { AuditEvent } from '../audit/event.ts';
import { licenseOperation } from '../audit/operation.ts';
import { systemActorOf } from '../audit/system-actors.ts';
import { HOUR_MS } from '../durations.ts';
import type { DetectedChange } from '../license/change.ts';
import { type AssignmentPath, DIRECT } from '../license/user-state.ts';
import { flipsOf } from './flips.ts';
import type { OwnStep } from './verdict.ts';
import { SLACK_MS, type Window } from './window.ts';

/** A group takes its time to process its members: what we did shows up to this much later, ms. */
export const SHOWN_WITHIN_MS = 2 * HOUR_MS;

const isWithin = ({ at, path }: OwnStep, { from, to }: Pick<Window, 'from' | 'to'>): boolean =>
  at >= (path === DIRECT ? from : from - SHOWN_WITHIN_MS) && at <= to;

/**
 * Our own steps that make up a change, or none when any part of it is not ours: somebody who took a second path
 * away meanwhile is not to hide behind us.
 * @param steps of the change's user, and those for everybody
 */
export function stepsBehind(
  change: DetectedChange,
  steps: readonly OwnStep[],
  window: Pick<Window, 'from' | 'to'>,
): OwnStep[] {
  const ours = steps.filter((step) => isWithin(step, window));
  if (ours.length === 0) return [];
  const doing = (effect: OwnStep['effect'], path: AssignmentPath, skuId: string): OwnStep | undefined =>
    ours.findLast(
      (step) =>
        step.effect === effect &&
        (step.path === null || step.path === path) &&
        (step.skuIds === null || step.skuIds.includes(skuId)),
    );
  switch (change.kind) {
    case 'account-restored':
      return ours.filter(({ effect }) => effect === 'restores-account').slice(-1);
    case 'plans-changed':
      return [doing('gives', change.path ?? DIRECT, change.skuId ?? '')].filter((step) => step !== undefined);
    case 'lost':
    case 'gained':
    case 'swap':
    case 'path-changed': {
      const found = flipsOf(change).map(({ direction, path, skuId }) =>
        doing(direction === 'come' ? 'gives' : 'takes', path, skuId),
      );
      const known = found.filter((step) => step !== undefined);
      return known.length === found.length ? known : [];
    }
    case 'never-granted':
    case 'account-removed':
    case 'subscription-changed':
    case 'seats-changed':
      return [];
  }
}

/**
 * The ids under which the log knows us. Records name our service principal, and our settings hold only the
 * application id; but whoever did just these things to just these people and groups, when we did, is ourselves.
 * Where two apps acted at the same time, neither is taken.
 */
export function ownIdsIn(events: readonly AuditEvent[], steps: readonly OwnStep[]): string[] {
  if (steps.length === 0) return [];
  const stepsOn = Map.groupBy(steps, ({ userId, path }) => userId ?? path);
  const actors = new Map<OwnStep, Set<string>>();
  for (const event of events) {
    if (event.actor?.kind !== 'app' || event.actor.id === null || event.result === 'failure') continue;
    if (systemActorOf(event) !== null) continue;
    for (const step of event.targets.flatMap(({ id }) => stepsOn.get(id ?? '') ?? [])) {
      if (!isOf(event, step)) continue;
      const known = actors.get(step);
      if (known) known.add(event.actor.id);
      else actors.set(step, new Set([event.actor.id]));
    }
  }
  return [...new Set([...actors.values()].flatMap((ids) => (ids.size === 1 ? [...ids] : [])))];
}

/** Whether a record may be the one of a step. */
function isOf({ at, licenses, operation, group }: AuditEvent, step: OwnStep): boolean {
  if (Math.abs(at - step.at) > SLACK_MS) return false;
  const done = licenseOperation(operation);
  if (step.effect === 'restores-account') return done === 'restore-user';
  // Processing a user again is logged as the work of Microsoft's own service.
  if (step.path === null) return false;
  if (step.userId === null) return done === 'set-group-license';
  if (step.path !== DIRECT) {
    return group?.id === step.path && done === (step.effect === 'gives' ? 'add-member' : 'remove-member');
  }
  if (licenses === null) return done === 'change-user-license';
  const { before, after } = licenses;
  return (step.skuIds ?? []).every((skuId) => {
    const isIn = after.some((license) => license.skuId === skuId);
    return step.effect === 'gives' ? isIn : !isIn && before.some((license) => license.skuId === skuId);
  });
}
