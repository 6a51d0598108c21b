import { locationProblem } from './checks/location.ts';
import type { Problem } from './checks/problem.ts';
import type { SeatPool } from './checks/seats.ts';
import type { Draft, Remedy } from './draft.ts';
import type { Survey } from './survey.ts';

/**
 * Those of a user's remedies that Microsoft would accept, all together; why the others are not among them goes to
 * the draft's problems. Seats are taken from the pool.
 */
export function acceptable(
  draft: Draft,
  remedies: readonly Remedy[],
  survey: Survey,
  seats: SeatPool,
): Remedy[] {
  const assignable = remedies.filter((remedy) => noted(draft, remedyProblem(draft, remedy, survey)));
  const seated = assignable.filter((remedy) => noted(draft, seatProblem(draft, remedy, seats)));
  for (;;) {
    const found = survey.plans.troubleOf(
      draft.stays,
      seated.map(({ gives }) => gives),
    );
    const remedy = found && seated[found.at];
    if (!remedy) return seated;
    draft.problems.push({ ...found.trouble, skuIds: [...remedy.wanted] });
    seated.splice(found.at, 1);
    const still = new Set(seated.flatMap(({ gives }) => gives).map(({ skuId }) => skuId));
    for (const { skuId } of remedy.gives) if (!still.has(skuId)) seats.release(draft.userId, skuId);
  }
}

/** Keeps a problem; says whether there is none. */
function noted({ problems }: Draft, problem: Problem | null): boolean {
  if (problem) problems.push(problem);
  return problem === null;
}

/** What stands against a remedy no matter who else gets something: its products, and where the user is. */
export function remedyProblem(draft: Draft, remedy: Remedy, survey: Survey): Problem | null {
  for (const { skuId } of remedy.gives) {
    const code = draft.held.has(skuId) && remedy.by !== 'service-plans' ? null : survey.subscriptionOf(skuId);
    // Where one product of a group fails, Microsoft assigns none of them.
    if (code) return { code, skuIds: [...remedy.wanted], of: skuId };
  }
  const direct = remedy.by === 'direct' || remedy.by === 'service-plans';
  return locationProblem(draft.state, draft.loss.snapshot, remedy.wanted, direct);
}

function seatProblem({ userId, held }: Draft, remedy: Remedy, seats: SeatPool): Problem | null {
  const needed = remedy.gives.map(({ skuId }) => skuId).filter((skuId) => !held.has(skuId));
  const short = seats.claim(userId, needed);
  return short === null ? null : { code: 'no-seats', skuIds: [...remedy.wanted], short, group: null };
}
