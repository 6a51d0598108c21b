import { type Assignment, heldSkus, type UserState } from '../license/user-state.ts';

/** What Microsoft's assignment errors mean, as its documentation of group-based licensing tells. */
const MEANING: Readonly<Record<string, (product: string) => string>> = {
  CountViolation: (product) => `No seat of ${product} is free.`,
  MutuallyExclusiveViolation: (product) => `${product} conflicts with another license that the user has.`,
  DependencyViolation: (product) => `${product} depends on a service plan that the user lacks.`,
  ProhibitedInUsageLocationViolation: (product) =>
    `${product} is not available in the user’s usage location, or none is set.`,
  UniquenessViolation: () => 'A proxy address of the user is used twice in the tenant.',
};

/**
 * What the last read says of a product that was assigned and does not arrive, in a sentence; null when none is
 * in error.
 * @param skuIds the products that the user is to have
 */
export function assignmentErrorNote(
  user: UserState,
  skuIds: ReadonlySet<string>,
  productName: (skuId: string) => string,
): string | null {
  const held = heldSkus(user);
  const failed = user.assignments.find(
    ({ state, skuId }) => state === 'Error' && skuIds.has(skuId) && !held.has(skuId),
  );
  return failed ? meaningOf(failed, productName(failed.skuId)) : null;
}

function meaningOf({ error }: Assignment, product: string): string {
  if (error === null) return `Microsoft could not apply ${product} and gives no reason.`;
  const meaning = Object.hasOwn(MEANING, error) ? MEANING[error] : undefined;
  return meaning ? meaning(product) : `Microsoft could not apply ${product}: ${error}.`;
}
