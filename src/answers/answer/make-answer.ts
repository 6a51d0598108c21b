import type { Intent } from '../../language/query.ts';
import type { Answer, AnswerBlock, TableBlock, TimelineBlock, UtcBlock } from './answer.ts';

/** An answer of which only what matters need be said. */
export const makeAnswer = (
  intent: Intent,
  lead: string,
  rest: Partial<Omit<Answer, 'intent' | 'lead'>> = {},
): Answer => ({ intent, lead, blocks: [], completeUntil: null, next: [], request: null, ...rest });

/** As many rows as one looks through in a chat; the rest are counted. */
const MAX_ROWS = 25;
const MAX_ENTRIES = 20;

/** A table without rows is no block. `total` when more rows exist than were made. */
export function table(columns: string[], rows: string[][], total = rows.length): TableBlock[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, MAX_ROWS);
  return [{ kind: 'table', columns, rows: shown, hiddenRows: total - shown.length }];
}

/** A table with all of these rows: a page of a list. */
export const pageTable = (columns: string[], rows: string[][]): TableBlock[] =>
  rows.length === 0 ? [] : [{ kind: 'table', columns, rows, hiddenRows: 0 }];

/** A timeline of all of these entries, in their order: a page of one. */
export const entries = (told: TimelineBlock['entries']): TimelineBlock[] =>
  told.length === 0
    ? []
    : [
        {
          kind: 'timeline',
          entries: told.map(({ at, what, detail }) => ({ at, what, detail })),
          hiddenEntries: 0,
        },
      ];

/** The times of a timeline in UTC, with both reads where something was seen between two. */
export const utcOf = (told: readonly { at: number; since?: number; what: string }[]): UtcBlock[] =>
  told.length === 0
    ? []
    : [
        {
          kind: 'utc',
          times: told.map(({ at, since, what }) => ({
            at,
            label: what,
            ...(since === undefined || since === at ? {} : { since }),
          })),
        },
      ];

/** Entries in any order; the newest are kept. */
export function timeline(entries: TimelineBlock['entries']): TimelineBlock[] {
  if (entries.length === 0) return [];
  const sorted = entries.toSorted((a, b) => b.at - a.at);
  const shown = sorted.slice(0, MAX_ENTRIES);
  return [{ kind: 'timeline', entries: shown, hiddenEntries: sorted.length - shown.length }];
}

/** Facts without a value are left out. */
export function facts(values: Record<string, string | null>): AnswerBlock[] {
  const known = Object.entries(values).flatMap(([label, value]) =>
    value === null ? [] : [{ label, value }],
  );
  return known.length === 0 ? [] : [{ kind: 'facts', facts: known }];
}

export const text = (sentence: string | null): AnswerBlock[] =>
  sentence === null ? [] : [{ kind: 'text', text: sentence }];
