import { gives } from '../../domain/license/user-state.ts';
import type { StoredUser } from '../../domain/ports.ts';
import type { AnswerBlock } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { facts, text } from '../answer/make-answer.ts';
import type { Names } from '../words/names.ts';
import { datesInFull, datesRead, heldSince } from './dates-text.ts';
import { loadDates } from './load-dates.ts';

/** "Adele has E3 since 3 Mar 2024 …", and the four dates of each path beneath it. */
export type SinceWhen = { sentence: string; blocks: AnswerBlock[] };

/**
 * Answers since when somebody has one product, with Microsoft's dates read now where that is possible. Null when they
 * do not have it.
 */
export async function sinceWhen(
  user: StoredUser,
  skuId: string,
  names: Names,
  deps: AnswerDeps,
): Promise<SinceWhen | null> {
  const { state, removedAt } = user;
  if (removedAt !== null) return null;
  await deps.freshDates([state.id]);
  const known = await loadDates([user], deps.store, deps.now);
  const since = heldSince(user, skuId, known, deps);
  if (since === null) return null;
  const paths = state.assignments
    .filter((assignment) => assignment.skuId === skuId && gives(assignment))
    .map((assignment) => ({ path: names.path(assignment.path), dates: known.of(user, assignment) }));
  const asOf = paths[0]?.dates.asOf ?? null;
  return {
    sentence: `${state.displayName} has had ${names.product(skuId)} since ${since}.`,
    blocks: [
      ...paths.flatMap(({ path, dates }) => facts({ Assigned: path, ...datesInFull(dates, deps) })),
      ...text(datesRead(asOf, deps)),
    ],
  };
}
