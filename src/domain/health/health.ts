/** How the product judges itself, for `status`, readiness and metrics alike. Times are ms UTC, ages and limits ms. */

import type { Auditing } from '../audit/auditing.ts';
import { MINUTE_MS } from '../durations.ts';

/** How old the newest good run may be. */
export type HealthLimits = { scan: number; fullScan: number; collection: number };

export type SourceTrouble = { code: string; message: string };

export type HealthFacts = {
  now: number;
  /** Why the database does not answer, or does not take writes; null when it does both. */
  databaseProblem: string | null;
  scan: {
    /** The newest complete read of the tenant, and the newest that read everybody. */
    completeAt: number | null;
    fullAt: number | null;
    /** Reads in a row that failed since, and why the last one did. */
    misses: number;
    reason: string | null;
  };
  collection: {
    completeAt: number | null;
    /** Sources that cannot be read at present. */
    troubles: readonly SourceTrouble[];
    sources: number;
  };
  auditing: Auditing;
  /** What is wrong with the file of routes, for people; null or absent where nothing is. */
  routes?: string | null;
  limits: HealthLimits;
};

export type HealthCheck = {
  name: 'database' | 'scan' | 'collection' | 'auditing' | 'routes';
  ok: boolean;
  detail: string;
};

/** Whether everything works, and each check with its sentence. */
export type Health = { ok: boolean; checks: HealthCheck[] };

/** So many reads in a row that fail are no passing trouble, whatever the age of the last good one. */
export const MISSES_THAT_COUNT = 3;
/** Nothing is stale before, so that one slow read is no outage. */
const NEVER_SOONER_MS = 5 * MINUTE_MS;
/** After so many of the schedule's longest pauses. */
const PAUSES = 3;
/** Clocks of two machines differ by so much without anybody having set one. */
const CLOCKS_DIFFER_MS = 2_000;
/** Reasons that do not pass by themselves. */
const LASTING: ReadonlySet<string> = new Set(['forbidden', 'unauthorized', 'auditing-off']);

/** How old the newest run may be of a schedule that runs at these times (ms UTC, in order). */
export function ageLimit(runs: readonly number[]): number {
  const pauses = runs.slice(1).map((at, index) => at - (runs[index] ?? at));
  return Math.max(NEVER_SOONER_MS, PAUSES * Math.max(0, ...pauses));
}

/**
 * Whether the product does its work now: the database answers and takes writes; the tenant and its logs were read
 * lately; and the tenant audits. One failed run is no reason yet: its sentence stands beside the age.
 */
export function judgeHealth(facts: HealthFacts): Health {
  const checks: HealthCheck[] = [
    {
      name: 'database',
      ok: facts.databaseProblem === null,
      detail: facts.databaseProblem ?? 'The database answers and takes writes.',
    },
    scanCheck(facts),
    collectionCheck(facts),
    { name: 'auditing', ok: facts.auditing.state !== 'off', detail: auditingDetail(facts.auditing) },
    // Alerts are told all the same: by the routes that were good last, or in the channel that is set in chat.
    ...(facts.routes
      ? [{ name: 'routes' as const, ok: true, detail: facts.routes.replaceAll('\n', ' ') }]
      : []),
  ];
  return { ok: checks.every((check) => check.ok), checks };
}

function scanCheck({ now, scan, limits }: HealthFacts): HealthCheck {
  const { misses } = scan;
  const complete = freshness('complete scan', scan.completeAt, now, limits.scan);
  const full = freshness('scan of everybody', scan.fullAt, now, limits.fullScan);
  const row = misses >= MISSES_THAT_COUNT ? ` ${misses} scans in a row failed.` : '';
  return {
    name: 'scan',
    ok: complete.ok && (scan.completeAt === null || full.ok) && row === '',
    detail: sentences(
      complete.detail,
      complete.ok && !full.ok ? full.detail : '',
      row.trim(),
      scan.reason ?? '',
    ),
  };
}

function collectionCheck({ now, collection, limits }: HealthFacts): HealthCheck {
  const { troubles, sources } = collection;
  const complete = freshness('collection', collection.completeAt, now, limits.collection);
  const lasting = troubles.some(({ code }) => LASTING.has(code));
  const none = sources > 0 && troubles.length >= sources;
  return {
    name: 'collection',
    ok: complete.ok && !lasting && !none,
    detail: sentences(complete.detail, ...troubles.map(({ message }) => message)),
  };
}

/**
 * Why the newest good run does not count as fresh, in a sentence; null when it does. A run in the future is no
 * fresh one: somebody set the clock back.
 */
export function staleness(what: string, lastAt: number | null, now: number, limit: number): string | null {
  const { ok, detail } = freshness(what, lastAt, now, limit);
  return ok ? null : detail;
}

function freshness(
  what: string,
  lastAt: number | null,
  now: number,
  limit: number,
): { ok: boolean; detail: string } {
  if (lastAt === null) return { ok: false, detail: `No ${what} yet.` };
  const age = now - lastAt;
  if (age < -CLOCKS_DIFFER_MS) {
    const detail = `The last ${what} lies ${spelled(-age)} in the future: was the clock set back?`;
    return { ok: false, detail };
  }
  const ok = age <= limit;
  const detail = `Last ${what} ${spelled(Math.max(0, age))} ago${ok ? '' : `, more than ${spelled(limit)}`}.`;
  return { ok, detail };
}

function auditingDetail({ state, detail }: Auditing): string {
  switch (state) {
    case 'on':
      return 'Auditing is on.';
    case 'off':
      return 'Auditing is switched off in this tenant.';
    case 'unknown':
      return sentences('Whether auditing is on is not known.', detail ?? '');
  }
}

const sentences = (...all: readonly string[]): string => all.filter((one) => one !== '').join(' ');

function spelled(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 1) return `${Math.floor(ms / 1000)} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}
