import type { Holding } from '../../domain/license/holdings.ts';
import type { StoredUser } from '../../domain/ports.ts';
import type { TableBlock } from '../answer/answer.ts';
import { table } from '../answer/make-answer.ts';
import type { Names } from '../words/names.ts';
import { sinceText } from '../words/since.ts';
import { formatTime, type TimeStyle } from '../words/times.ts';

/** What somebody has and had, by which path, from when to when. Times are of the read that first saw it so. */
export const holdingsTable = (
  user: StoredUser,
  holdings: readonly Holding[],
  names: Names,
  style: TimeStyle,
): TableBlock[] =>
  table(
    ['License', 'Assigned', 'Held from', 'To'],
    holdings.map((holding) => [
      names.product(holding.skuId),
      names.path(holding.path),
      sinceText(holding, user, style),
      holding.to === null ? 'now' : formatTime(holding.to.by, style),
    ]),
  );
