import { locationProblem } from './checks/location.ts';
import type { Problem } from './checks/problem.ts';
import type { SeatPool } from './checks/seats.ts';
import type { Draft, Unit } from './draft.ts';
import type { Survey } from './survey.ts';

/**
 * Those of a user's units that Microsoft would accept, all together; why the others are not among them goes to
 * the draft's problems. Seats are taken from the pool.
 */
export function acceptable(draft: Draft, units: readonly Unit[], survey: Survey, seats: SeatPool): Unit[] {
  const assignable = units.filter((unit) => noted(draft, unitProblem(draft, unit, survey)));
  const seated = assignable.filter((unit) => noted(draft, seatProblem(draft, unit, seats)));
  for (;;) {
    const found = survey.plans.troubleOf(
      draft.stays,
      seated.map(({ gives }) => gives),
    );
    const unit = found && seated[found.at];
    if (!unit) return seated;
    draft.problems.push({ ...found.trouble, skuIds: [...unit.wanted] });
    seated.splice(found.at, 1);
    const still = new Set(seated.flatMap(({ gives }) => gives).map(({ skuId }) => skuId));
    for (const { skuId } of unit.gives) if (!still.has(skuId)) seats.release(draft.userId, skuId);
  }
}

/** Keeps a problem; says whether there is none. */
function noted({ problems }: Draft, problem: Problem | null): boolean {
  if (problem) problems.push(problem);
  return problem === null;
}

/** What stands against a unit whoever else gets something: its products, and where the user is. */
export function unitProblem(draft: Draft, unit: Unit, survey: Survey): Problem | null {
  for (const { skuId } of unit.gives) {
    const code = draft.held.has(skuId) && unit.by !== 'plans' ? null : survey.subscriptionOf(skuId);
    // Where one product of a group fails, Microsoft assigns none of them.
    if (code) return { code, skuIds: [...unit.wanted], of: skuId };
  }
  const direct = unit.by === 'direct' || unit.by === 'plans';
  return locationProblem(draft.state, draft.loss.snapshot, unit.wanted, direct);
}

function seatProblem({ userId, held }: Draft, unit: Unit, seats: SeatPool): Problem | null {
  const needed = unit.gives.map(({ skuId }) => skuId).filter((skuId) => !held.has(skuId));
  const short = seats.claim(userId, needed);
  return short === null ? null : { code: 'no-seats', skuIds: [...unit.wanted], short, group: null };
}
