import { numeral } from '../../domain/numerals.ts';
import type { ChartBlock } from '../answer/answer.ts';

/** Of more bars than this, the sums are told: the table beside the chart has each of them. */
const BARS_TOLD = 3;

/**
 * What a chart shows, for who does not see it: "Seats: Visio Plan 2 has 10 used, 2 over.", or of many bars
 * "Seats in all: 5,046 used, 1,204 free." Teams' chart elements have no alternative text of their own.
 */
export function chartInWords({ title, bars }: ChartBlock): string {
  const inWords = ({ parts }: Pick<ChartBlock['bars'][number], 'parts'>): string =>
    parts.map(({ legend, value }) => `${numeral(value)} ${legend.toLowerCase()}`).join(', ');
  if (bars.length <= BARS_TOLD) {
    return `${title}: ${bars.map((bar) => `${bar.label} has ${inWords(bar)}`).join('; ')}.`;
  }
  const sums = Map.groupBy(
    bars.flatMap(({ parts }) => parts),
    ({ legend }) => legend,
  );
  const parts = [...sums.values()].flatMap((some) =>
    some.slice(0, 1).map((part) => ({ ...part, value: some.reduce((sum, { value }) => sum + value, 0) })),
  );
  return `${title} in all: ${inWords({ parts })}.`;
}
