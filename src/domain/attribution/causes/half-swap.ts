import type { Actor } from '../../audit/event.ts';
import type { DetectedChange } from '../../license/change.ts';
import { swapFit } from '../../license/swap.ts';
import type { Evidence } from '../evidence.ts';
import { link } from '../finding.ts';
import { productOf, userName } from '../names.ts';
import type { ChainLink, Verdict } from '../verdict.ts';

/** Who changed people from a product to which other one: actor id → the new SKU. */
type Swappers = ReadonlyMap<string, string>;

/**
 * Who swapped a product for another between the same two reads, or in two steps of which later reads saw the
 * second.
 * @param actorOf who is behind another change of the same two reads
 */
export function swappersFrom(
  skuId: string,
  { context }: Evidence,
  actorOf: (change: DetectedChange) => Actor | null,
): Swappers {
  const replacements = (context.replacements ?? []).filter((done) => done.skuId === skuId);
  const newSkuOf = new Map(replacements.map(({ userId, newSkuId }) => [userId, newSkuId]));
  return new Map(
    context.changes.flatMap((change) => {
      const newSkuId = change.kind === 'swap' ? change.newSkuId : (newSkuOf.get(change.userId ?? '') ?? null);
      const actor = change.skuId === skuId && newSkuId !== null ? actorOf(change) : null;
      return actor?.id && newSkuId !== null ? [[actor.id, newSkuId] as const] : [];
    }),
  );
}

/**
 * The product that somebody was to get in place of a lost one and did not: the same hand changed others from
 * the one to the other, or tried to give it to this user and failed. Null for a loss that is only a loss.
 */
export function missingHalf(
  change: DetectedChange,
  verdict: Verdict,
  evidence: Evidence,
  swappers: (skuId: string) => Swappers,
): string | null {
  const { skuId, userId } = change;
  const actor = verdict.actor?.id ?? null;
  if (change.kind !== 'lost' || skuId === null || userId === null || actor === null) return null;
  const done = evidence.context.replacements ?? [];
  if (done.some((replacement) => replacement.userId === userId && replacement.skuId === skuId)) return null;
  return swappers(skuId).get(actor) ?? failedAddition(change, skuId, actor, evidence);
}

/** A record of a failure is no cause, and yet it tells what was meant. */
function failedAddition(
  change: DetectedChange,
  skuId: string,
  actor: string,
  evidence: Evidence,
): string | null {
  const tried = evidence
    .failuresOn(change)
    .filter((event) => event.actor?.id === actor && event.at >= evidence.window.from)
    .flatMap((event) => event.licenses ?? []);
  const skus = tried.flatMap(({ before, after }) =>
    after.filter((license) => !before.some((had) => had.skuId === license.skuId)),
  );
  return skus.find((license) => swapFit(skuId, license.skuId) !== null)?.skuId ?? null;
}

/** What the chain says of a swap that is half done. */
export const halfSwapLink = (change: DetectedChange, newSkuId: string, { context }: Evidence): ChainLink =>
  link(
    context.observedAfter,
    `Swap half done: ${userName(change)} lost ${productOf(change)} and did not get ${productOf(change, newSkuId)} in its place.`,
  );
