import { count, plural } from '../../numerals.ts';
import type { Deadline } from '../deadlines.ts';
import { reachDigest } from '../plan-digest.ts';
import type { PlanLine, PlanView } from '../plan-view-types.ts';
import type { PlannedStep } from '../step.ts';

/** What a request would write, how it is shown before, and what goes with the licenses, when. */
export type RequestPlan = { steps: PlannedStep[]; view: PlanView; deadlines: Deadline[] };

export const RUNNING = {
  reason: 'What was decided for them before is still being carried out.',
  wayOut: 'Wait until that is done.',
};

/** A plan that does nothing, and says why. */
export const refusedPlan = (sentence: string): RequestPlan => ({
  steps: [],
  view: { digest: reachDigest([]), sentence, lines: [], ready: 0, blocked: 0, direct: false },
  deadlines: [],
});

/**
 * "Lee Gu gets Visio directly; 2 users cannot: …", or nothing when the plan neither does anything nor says why not.
 * Where it helps somebody in part only, as who has a license directly and from a group, it says so.
 */
export function sentenceOf(
  lines: readonly PlanLine[],
  { one, many, not }: { one: string; many: string; not: readonly [one: string, many: string] },
): string {
  const ready = lines.filter(({ does }) => does.length > 0);
  const parts = [
    ...(ready.length === 0 ? [] : [`${namesOf(ready)} ${plural(ready.length, one, many)}`]),
    ...stands(ready, ['not in whole', 'not in whole']),
    ...stands(
      lines.filter(({ does }) => does.length === 0),
      not,
    ),
  ];
  const text = parts.join('; ');
  return text === '' || text.endsWith('.') ? text : `${text}.`;
}

/** What stands in the way of some of these, with the first reason. */
function stands(lines: readonly PlanLine[], [one, many]: readonly [string, string]): string[] {
  const some = lines.filter(({ blocked }) => blocked.length > 0);
  const [first] = some.flatMap(({ blocked }) => blocked);
  return first === undefined
    ? []
    : [`${namesOf(some)} ${plural(some.length, one, many)}: ${first.reason} ${first.wayOut}`.trim()];
}

const namesOf = (lines: readonly PlanLine[]): string =>
  lines.length === 1 ? (lines[0]?.name ?? '') : count(lines.length, 'user');
