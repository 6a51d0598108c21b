import type {
  AnswerBlock,
  ChartBlock,
  ChartTone,
  ChoicesBlock,
  ReadingsBlock,
  TableBlock,
  TimelineBlock,
  UtcBlock,
} from '../../answers/answer/answer.ts';
import { chartInWords } from '../../answers/words/chart-in-words.ts';
import { numeral } from '../../domain/numerals.ts';
import { WHOLE_IN_A_CELL, withBreaks } from './breaks.ts';
import { markdownText, plainText } from './escape-text.ts';
import { tableLayout } from './table-columns.ts';
import type { Times } from './times.ts';

/** How much of an answer a card shows. `rows` counts for every list, `text` for every single text. */
export type AnswerFold = { blocks: number; rows: number; columns: number; text: number };

/** Shown before anything is folded away. */
const SHOWN_AT_ONCE = 20;
const MAX_CHOICES = 8;

/** `rest` is what the columns below have to say; empty in all cells but the first. */
type Row = { cells: { text: string; rest: string }[] };
type Entry = { at: string; what: string; detail: string };

/** What `answer-blocks.template.ts` needs of each kind of block. */
export type BlockData =
  | { kind: 'text'; lines: string[] }
  | { kind: 'facts'; facts: { title: string; value: string }[] }
  | ({ kind: 'table'; columns: { title: string; width: number }[]; rows: Row[]; foldedRows: Row[] } & Folded)
  | ({ kind: 'timeline'; entries: Entry[]; foldedEntries: Entry[] } & Folded)
  | {
      kind: 'choices';
      choices: { label: string; detail: string; title: string; data: object; submitted: object }[];
      hidden: string;
    }
  | { kind: 'readings'; lines: string[]; buttons: { title: string; data: object; submitted: object }[] }
  | { kind: 'chart'; title: string; bars: Bar[]; words: string }
  | { kind: 'utc'; id: string; facts: { title: string; value: string }[] };

/** As `Chart.HorizontalBar.Stacked` takes them. */
type Bar = { title: string; data: { legend: string; value: number; color: string }[] };

type Folded = { id: string; foldedTitle: string; hidden: string };

/**
 * A block as its template takes it: texts escaped, long lists folded.
 * @param index the block's place in the answer; makes the ids in the card unique
 */
export function blockData(block: AnswerBlock, index: number, times: Times, fold: AnswerFold): BlockData {
  const text = (value: string) => markdownText(value, fold.text);
  switch (block.kind) {
    case 'text':
      return {
        kind: 'text',
        lines: block.text
          .split('\n', fold.rows)
          .map(text)
          .filter((line) => line !== ''),
      };
    case 'facts':
      return {
        kind: 'facts',
        facts: block.facts.slice(0, fold.rows).map(({ label, value }) => ({
          title: text(label),
          value: text(withBreaks(value, WHOLE_IN_A_CELL)),
        })),
      };
    case 'table':
      return tableData(block, index, fold, text);
    case 'timeline':
      return timelineData(block, index, times, fold, text);
    case 'choices':
      return choicesData(block, fold, text);
    case 'readings':
      return readingsData(block, text);
    case 'chart':
      return chartData(block, fold);
    case 'utc':
      return utcData(block, index, times, fold, text);
  }
}

function tableData(
  block: TableBlock,
  index: number,
  fold: AnswerFold,
  text: (value: string) => string,
): BlockData {
  const shown = block.rows.slice(0, fold.rows);
  const { columns, below } = tableLayout(block.columns.slice(0, fold.columns), shown);
  const rows = shown.map((cells): Row => {
    const rest = below.flatMap(({ index: at, title }) => {
      const cell = cells[at] ?? '';
      return cell === '' ? [] : [title === '' ? cell : `${title}: ${cell}`];
    });
    return {
      // A missing cell would push the others to the left.
      cells: columns.map((column, place) => ({
        text: text(withBreaks(cells[column.index] ?? '', WHOLE_IN_A_CELL)),
        rest: place === 0 ? text(withBreaks(rest.join(' · '), WHOLE_IN_A_CELL)) : '',
      })),
    };
  });
  return {
    kind: 'table',
    columns: columns.map(({ title, width }) => ({ title: text(title), width })),
    rows: rows.slice(0, SHOWN_AT_ONCE),
    foldedRows: rows.slice(SHOWN_AT_ONCE),
    ...foldedTexts(index, rows.length, block.rows.length - rows.length + block.hiddenRows),
  };
}

function timelineData(
  block: TimelineBlock,
  index: number,
  times: Times,
  fold: AnswerFold,
  text: (value: string) => string,
): BlockData {
  const entries = block.entries.slice(0, fold.rows).map(
    ({ at, what, detail }): Entry => ({
      at: times.dateTime(at),
      what: text(what),
      detail: text(detail ?? ''),
    }),
  );
  return {
    kind: 'timeline',
    entries: entries.slice(0, SHOWN_AT_ONCE),
    foldedEntries: entries.slice(SHOWN_AT_ONCE),
    ...foldedTexts(index, entries.length, block.entries.length - entries.length + block.hiddenEntries),
  };
}

/** More bars than this are a pattern, not a picture. */
const MAX_BARS = 12;

/** Of the colours that Teams' charts know, those with a meaning. */
const COLOURS: Readonly<Record<ChartTone, string>> = {
  used: 'categoricalBlue',
  free: 'good',
  over: 'attention',
  suspended: 'neutral',
};

const chartData = ({ title, bars }: ChartBlock, fold: AnswerFold): BlockData => {
  const shown = bars.slice(0, Math.min(fold.rows, MAX_BARS));
  return {
    kind: 'chart',
    title: plainText(title, fold.text),
    bars: shown.map(({ label, parts }) => ({
      title: plainText(label, Math.min(fold.text, 60)),
      data: parts.map(({ legend, value, tone }) => ({ legend, value, color: COLOURS[tone] })),
    })),
    words: markdownText(chartInWords({ kind: 'chart', title, bars: shown }), 600),
  };
};

const utcData = (
  { times: told }: UtcBlock,
  index: number,
  times: Times,
  fold: AnswerFold,
  text: (value: string) => string,
): BlockData => ({
  kind: 'utc',
  id: `utc-${index}`,
  facts: told.slice(0, fold.rows).map(({ label, at, since }) => ({
    title: since === undefined ? times.utc(at) : `${times.utc(since).replace(' UTC', '')} – ${times.utc(at)}`,
    value: text(withBreaks(label, WHOLE_IN_A_CELL)),
  })),
});

function choicesData(block: ChoicesBlock, fold: AnswerFold, text: (value: string) => string): BlockData {
  const choices = block.choices.slice(0, Math.min(MAX_CHOICES, fold.rows));
  return {
    kind: 'choices',
    choices: choices.map(({ label, detail, ask, intent }) => ({
      label: text(withBreaks(label, WHOLE_IN_A_CELL)),
      detail: text(withBreaks(detail, WHOLE_IN_A_CELL)),
      title: plainText(label, 60),
      ...pressed('ask', { ask: plainText(ask, 500), ...(intent ? { intent } : {}) }),
    })),
    hidden: hiddenText(block.choices.length - choices.length),
  };
}

/** Clients that know no `Action.Execute` send `submitted`, which holds the verb beside the data. */
const pressed = (verb: string, data: object) => ({ data, submitted: { verb, ...data } });

/** A button each; the readings in full stand above them where a button has no room for one. */
function readingsData({ readings, kept }: ReadingsBlock, text: (value: string) => string): BlockData {
  const isCut = readings.some(({ label, title }) => label !== title);
  return {
    kind: 'readings',
    lines: isCut
      ? readings.map(({ label }, index) => text(withBreaks(`${index + 1}. ${label}`, WHOLE_IN_A_CELL)))
      : [],
    buttons: readings.map(({ title, intent, ask }) => ({
      title: plainText(title, 60),
      ...pressed('read-as', { ask: plainText(ask, 500), intent, ...(kept ? { kept } : {}) }),
    })),
  };
}

function foldedTexts(index: number, listed: number, hidden: number): Folded {
  return {
    id: `folded-${index}`,
    foldedTitle: `Show ${numeral(Math.max(0, listed - SHOWN_AT_ONCE))} more`,
    hidden: hiddenText(hidden),
  };
}

const hiddenText = (count: number): string => (count <= 0 ? '' : `and ${numeral(count)} more`);
