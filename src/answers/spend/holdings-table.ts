import { interruptedFor, type Period, periodsOf } from '../../domain/dates/periods.ts';
import type { Holding } from '../../domain/license/holdings.ts';
import type { StoredUser } from '../../domain/ports.ts';
import type { TableBlock } from '../answer/answer.ts';
import { table } from '../answer/make-answer.ts';
import { interruptedWords } from '../dates/dates-text.ts';
import { sinceText } from '../times/since.ts';
import { formatTime, type TimeStyle } from '../times/times.ts';
import type { Names } from '../words/names.ts';

/** What somebody has and had, by which path, from when to when. Times are of the read that first saw it so. */
export const holdingsTable = (
  user: StoredUser,
  holdings: readonly Holding[],
  names: Names,
  style: TimeStyle,
): TableBlock[] =>
  table(
    ['License', 'Assigned', 'Held from', 'To'],
    inPeriods(holdings).map((holding) => [
      names.product(holding.skuId),
      names.path(holding.path),
      `${sinceText(holding, user, style)}${interruptedWords(interruptedFor(holding))}`,
      holding.to === null ? 'now' : formatTime(holding.to.by, style),
    ]),
  );

/** A loss that was put right is no end: what is held first, then the latest to end, as `holdingsOf` has them. */
function inPeriods(holdings: readonly Holding[]): (Pick<Holding, 'skuId' | 'path'> & Period)[] {
  const byPath = Map.groupBy(holdings, ({ skuId, path }) => `${skuId} ${path}`);
  const periods = [...byPath.values()].flatMap((parts) =>
    periodsOf(parts).flatMap((period) =>
      parts[0] ? [{ skuId: parts[0].skuId, path: parts[0].path, ...period }] : [],
    ),
  );
  const end = ({ to }: Period): number => to?.by ?? Number.POSITIVE_INFINITY;
  return periods.toSorted((a, b) => (end(a) === end(b) ? 0 : end(b) - end(a)));
}
