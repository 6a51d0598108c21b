import type { LeftOutRow, SubscriptionState } from '../domain/license/sku.ts';
import { numeral } from '../domain/numerals.ts';
import { LEFT_OUT_NOTES } from '../domain/ports.ts';
import type { JobContext } from './context.ts';

/**
 * Notes which rows of a read could not be used, where `status` finds them, and warns in the log when they are
 * others than last time. Nothing is written while nothing changes.
 */
export async function noteLeftOut(
  { store, clock, log }: JobContext,
  kind: keyof typeof LEFT_OUT_NOTES,
  rows: readonly LeftOutRow[],
): Promise<void> {
  const detail = rows.length === 0 ? null : sentence(rows);
  const name = LEFT_OUT_NOTES[kind];
  if (((await store.jobs.last(name))?.detail ?? null) === detail) return;
  await store.jobs.started(name, clock.now());
  await store.jobs.finished(name, clock.now(), detail === null, detail);
  if (detail !== null) log.warn({ kind, rows: rows.length, reason: detail }, 'odd rows were left out');
}

/** What is still known of subscriptions that could not be read this time, so that none seems to have ended. */
export function lastKnown(
  leftOut: readonly LeftOutRow[],
  known: readonly SubscriptionState[],
): SubscriptionState[] {
  const ids = new Set(leftOut.flatMap(({ id }) => (id === null ? [] : [id.toLowerCase()])));
  return known.filter(({ id }) => ids.has(id));
}

/** How many are named in the note. */
const NAMED = 3;

function sentence(rows: readonly LeftOutRow[]): string {
  const more = rows.length > NAMED ? ` And ${numeral(rows.length - NAMED)} more.` : '';
  return `${rows
    .slice(0, NAMED)
    .map(({ why }) => why)
    .join(' ')}${more}`;
}
