import type { Answer, AnswerBlock, TableBlock } from '../answers/answer/answer.ts';
import { type Paging, pagingText } from '../answers/answer/paging.ts';
import { formatTime, type TimeStyle } from '../answers/times/times.ts';
import type { IncidentView } from '../domain/incident-view/view.ts';
import { numeral } from '../domain/numerals.ts';
import { displayWidth, padded, pieces } from './terminal-width.ts';

/** How an answer is laid out in a terminal. `width` is in columns. */
export type TextStyle = TimeStyle & { width: number; colour: boolean };

/** An answer as a person reads it in a terminal: the first sentence, its blocks, until when it is complete. */
export function answerText(answer: Answer, style: TextStyle): string {
  const parts = [
    bold(wrap(plain(answer.lead), style.width).join('\n'), style),
    ...(answer.reading ? [wrap(plain(answer.reading), style.width).join('\n')] : []),
    ...answer.blocks.map((block) => blockText(block, style).join('\n')).filter((text) => text !== ''),
    ...(answer.paging ? [pageText(answer.paging)] : []),
    ...(answer.request ? [requestText(answer.request)] : []),
    ...(answer.completeUntil ? [wrap(plain(answer.completeUntil), style.width).join('\n')] : []),
    ...(answer.links ?? []).map(({ title, url }) => `${plain(title)}: ${plain(url)}`),
    ...(answer.next.length > 0
      ? [['Ask next:', ...answer.next.map((next) => `  ${plain(next)}`)].join('\n')]
      : []),
  ];
  return parts.join('\n\n');
}

/** "21–40 of 312; --page 3 shows the next ones" */
const pageText = (paging: Paging): string =>
  `${pagingText(paging)}${paging.page < paging.pages ? `; --page ${paging.page + 1} shows the next ones` : ''}`;

function blockText(block: AnswerBlock, style: TextStyle): string[] {
  switch (block.kind) {
    case 'text':
      return wrap(plain(block.text), style.width);
    case 'facts': {
      const label = Math.max(...block.facts.map((fact) => displayWidth(fact.label))) + 2;
      return block.facts.flatMap((fact) =>
        hanging(padded(`${plain(fact.label)}:`, label), plain(fact.value), style.width),
      );
    }
    case 'timeline':
      return [
        ...block.entries.flatMap(({ at, what, detail }) => {
          const time = `${formatTime(at, style)}  `;
          const indent = ' '.repeat(time.length);
          return [
            ...hanging(time, plain(what), style.width),
            ...(detail === null ? [] : hanging(indent, plain(detail), style.width)),
          ];
        }),
        ...more(block.hiddenEntries),
      ];
    case 'table':
      return [...tableText(block, style), ...more(block.hiddenRows)];
    case 'chart':
    case 'utc':
      // What they tell is in the table beside them, and in the times of the answer.
      return [];
    case 'readings':
      return [
        ...block.readings.flatMap(({ label }, index) =>
          hanging(`  ${index + 1}  `, plain(label), style.width),
        ),
        'Ask again with --as and the number.',
      ];
    case 'choices':
      return block.choices.map(
        ({ label, detail, ask }) => `  ${plain(label)} (${plain(detail)}): ask “${plain(ask)}”`,
      );
  }
}

const requestText = (request: NonNullable<Answer['request']>): string => {
  switch (request.kind) {
    case 'scan':
      return 'Run “license-watch scan” to do it from here.';
    case 'doctor':
      return 'Run “license-watch doctor” to do it from here.';
    case 'set-channel':
      return 'Say it in the channel itself: a terminal has none.';
    case 'export':
      return 'Run “license-watch export "<the question>"” to write it from here.';
    case 'stand':
      return `${plain(request.sentence)}: say it in Teams, where it is asked who you are.`;
    case 'set-settings':
      return 'Nothing is changed from here: say it in Teams, where it is asked who you are.';
    case 'change-licenses':
      return 'Nothing is written from here: say it in Teams, where it is asked who you are.';
    case 'show-incident':
      return `${plain(request.incident.causeSentence)} (${plain(request.incident.certainty)}). ${whereToDecide(request.incident)}`;
  }
};

const whereToDecide = ({ posted }: IncidentView): string =>
  posted === null
    ? 'No card of it stands in Teams: ask me for it there to decide.'
    : `Its buttons are on the card in ${plain(posted.in)}.`;

const more = (hidden: number): string[] => (hidden > 0 ? [`… and ${numeral(hidden)} more`] : []);

/** A column in which no row has anything to say is left out, as on a card. */
function withoutEmptyColumns({ columns, rows }: Pick<TableBlock, 'columns' | 'rows'>) {
  const used = columns.flatMap((_, at) => (rows.some((row) => (row[at] ?? '') !== '') ? [at] : []));
  if (used.length === 0) return { columns, rows };
  return {
    columns: used.map((at) => columns[at] ?? ''),
    rows: rows.map((row) => used.map((at) => row[at] ?? '')),
  };
}

/** Columns as wide as their texts while they fit; else the widest ones share what is left and wrap. */
function tableText(block: TableBlock, style: TextStyle): string[] {
  const { columns, rows } = withoutEmptyColumns(block);
  const cells = [columns, ...rows].map((row) => columns.map((_, column) => plain(row[column] ?? '')));
  const widths = columnWidths(
    columns.map((_, column) => Math.max(...cells.map((row) => displayWidth(row[column] ?? '')))),
    style.width - 2 * (columns.length - 1),
  );
  const lines = cells.map((row) => {
    const wrapped = row.map((cell, column) => wrap(cell, widths[column] ?? 1));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      wrapped
        .map((lines, column) => padded(lines[line] ?? '', widths[column] ?? 1))
        .join('  ')
        .trimEnd(),
    );
  });
  const [head = [], ...body] = lines;
  return [
    ...head.map((line) => bold(line, style)),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...body.flat(),
  ];
}

const NARROWEST = 8;

function columnWidths(wanted: readonly number[], room: number): number[] {
  const widths = [...wanted];
  while (widths.reduce((sum, width) => sum + width, 0) > room) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= NARROWEST) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function hanging(first: string, text: string, width: number): string[] {
  const indent = displayWidth(first);
  return wrap(text, Math.max(width - indent, NARROWEST)).map((line, index) =>
    `${index === 0 ? first : ' '.repeat(indent)}${line}`.trimEnd(),
  );
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    for (const piece of pieces(word, width)) {
      if (line !== '' && displayWidth(line) + 1 + displayWidth(piece) > width) {
        lines.push(line);
        line = piece;
      } else {
        line = line === '' ? piece : `${line} ${piece}`;
      }
    }
  }
  return [...lines, line];
}

/** Names come from the tenant: what would steer a terminal is not printed. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');

const bold = (text: string, { colour }: TextStyle): string => (colour ? `\u001b[1m${text}\u001b[22m` : text);
