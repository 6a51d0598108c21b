import { DAY_MS } from '../../domain/durations.ts';
import { listed } from '../../domain/english.ts';
import { planNamesIn, plansBySku } from '../../domain/license/plan-services.ts';
import { count, plural } from '../../domain/numerals.ts';
import { evidenceFor } from '../../domain/usage/plan-evidence.ts';
import { coverageOf } from '../../domain/usage/report.ts';
import { WORKLOAD_NAMES } from '../../domain/usage/workload.ts';
import type { Query } from '../../language/query.ts';
import type { AnswerBlock } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { table, text } from '../answer/make-answer.ts';
import { formatDay } from '../times/times.ts';
import type { Names } from '../words/names.ts';
import { notKnownText } from '../words/usage-text.ts';
import type { Inactive } from './no-activity.ts';

/** As many plans as a sentence bears. */
const MAX_PLANS = 5;
const MAX_ROWS = 25;

/** Plans in a sentence, the rest counted. */
export function someOf(names: readonly string[], most = MAX_PLANS): string {
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  return listed(rest > 0 ? [...shown, count(rest, 'other plan')] : shown);
}

/** Licenses without any activity in what can be seen of them: shown, and not counted, as the rest cannot be seen. */
export function partlyTable(
  partly: readonly Inactive[],
  names: Names,
  style: Pick<AnswerDeps, 'now'>,
): AnswerBlock[] {
  if (partly.length === 0) return [];
  return [
    ...text(
      `Not counted, as I cannot tell: ${count(partly.length, 'license')} of people who sign in and show no activity in what usage reports see of ${plural(partly.length, 'it', 'them')}. Nothing tells about the rest.`,
    ),
    ...table(
      ['User', 'Product', 'Last activity', 'Reports up to', 'Nothing tells about'],
      partly
        .slice(0, MAX_ROWS)
        .map(({ displayName, skuId, activity: { lastAt, until, unseen } }) => [
          displayName,
          names.product(skuId),
          lastAt === null ? `none in ${count(PERIOD_DAYS, 'day')}` : formatDay(lastAt, style),
          formatDay(until, style),
          someOf(unseen.map(names.plan)),
        ]),
      partly.length,
    ),
  ];
}

/** How far back reports look at most. */
const PERIOD_DAYS = 180;

/**
 * Of the products that were asked about, what no report tells of, and which reports are not known: "that somebody does
 * not use it" is said of neither.
 */
export async function nothingTells(
  { days, since }: { days: number | null; since: number },
  { skus: wanted }: Query,
  { store, ...deps }: Pick<AnswerDeps, 'store' | 'now' | 'timeZone'>,
): Promise<string | null> {
  if (wanted.length === 0) return null;
  const { skus } = await store.users.tenant();
  const names = planNamesIn(skus);
  const bySku = plansBySku(skus);
  const coverage = coverageOf(await store.usage.reports(), deps.now);
  const found = wanted.flatMap((skuId) => {
    const sku = skus.find((one) => one.skuId === skuId);
    if (!sku) return [];
    const evidence = evidenceFor(bySku.get(skuId) ?? [], names);
    return [evidence];
  });
  const unseen = [...new Set(found.flatMap((one) => one.unseen))];
  const seen = [...new Set(found.flatMap(({ workloads }) => workloads))];
  const length = days === null ? Math.round((deps.now - since) / DAY_MS) : days;
  const sentences = [
    ...(unseen.length > 0
      ? [
          `No usage report tells about ${someOf(unseen.map(names.name))}: who has not signed in for ${count(length, 'day')} has not used ${plural(unseen.length, 'it', 'them')}, and of everybody else nothing tells.`,
        ]
      : []),
    ...(seen.length > 0
      ? [
          `Usage reports tell about ${listed(seen.map((one) => WORKLOAD_NAMES[one]))}.`,
          ...notKnownText(seen, coverage, deps).map(
            (reason) => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`,
          ),
        ]
      : []),
  ];
  return sentences.join(' ') || null;
}
