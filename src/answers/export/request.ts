import { DAY_MS } from '../../domain/durations.ts';
import type { Query, TimeRange } from '../../language/query.ts';
import type { Narrowing } from '../answer/about.ts';
import type { AnswerStore } from '../answer/deps.ts';
import {
  type ExportIntent,
  type ExportRequest,
  type Format,
  isExportIntent,
} from '../answer/export-request.ts';
import { whichAccounts } from '../answer/which-accounts.ts';
import { isNarrow, narrowedStore } from '../scope/narrowing.ts';
import { type Lines, linesOf } from './lines.ts';
import { listFor } from './lists.ts';
import type { Circumstances } from './table.ts';

/**
 * What to export for the list that answers a query; null where the answer is no list. A time that is not said is
 * the one that the answer tells of. `now` is ms UTC.
 */
export function exportRequest(
  query: Query,
  now: number,
  format: Format,
  narrowing: Narrowing = {},
): ExportRequest | null {
  const { intent, people, skus, groups } = query;
  if (!isExportIntent(intent)) return null;
  const whose = isNarrow(narrowing) ? { narrowing } : {};
  const which = whichAccounts(query);
  return {
    intent,
    people,
    skus,
    groups,
    range: rangeOf(query, intent, now),
    days: query.days,
    format,
    ...whose,
    ...(which ? { which } : {}),
    ...(intent === 'plans' && query.plans ? { plans: query.plans } : {}),
    ...(intent === 'plans' && query.planState ? { planState: query.planState } : {}),
    ...(intent === 'plans' && query.holding === 'none' && !query.planState ? { lacking: true as const } : {}),
  };
}

function rangeOf({ range, days, people }: Query, intent: ExportIntent, now: number): TimeRange {
  const { time } = listFor(intent);
  // What was seen at this very moment belongs to a range that ends now.
  const end = now + 1;
  if (time === 'now') return { from: 0, to: end };
  if (range !== null) return { from: range.from, to: range.to === now ? end : range.to };
  if (time === 'since') return { from: 0, to: end };
  if (days !== null) return { from: now - days * DAY_MS, to: end };
  // The history of everybody is told for a week, unless somebody says how much of it.
  const usual = time === 'all' ? (intent === 'history' && people.length === 0 ? 7 : null) : time.days;
  return { from: usual === null ? 0 : now - usual * DAY_MS, to: end };
}

/** The file, part by part, as the store's owner may see it: pass a `scopedStore`. */
export async function* exportLines(
  store: AnswerStore,
  request: ExportRequest,
  circumstances: Circumstances,
): AsyncGenerator<Lines> {
  const seen = await narrowedStore(store, request.narrowing);
  const table = listFor(request.intent).table(request);
  yield* linesOf(table.columns, table.rows(seen, { ...request, ...circumstances }), request.format);
}

/** "lost-licenses-2026-11-24-0930.csv"; the time is that of the request, UTC. */
export function exportFileName({ intent, format }: ExportRequest, now: number): string {
  const at = new Date(now).toISOString();
  const stamp = `${at.slice(0, 10)}-${at.slice(11, 16).replace(':', '')}`;
  return `${listFor(intent).name.replaceAll(' ', '-')}-${stamp}.${format}`;
}
