/** What readiness is judged by. Times are ms UTC, ages are ms. */
export type ReadinessFacts = {
  now: number;
  /** Null when the database answered, else why it did not. */
  databaseProblem: string | null;
  lastCompleteScanAt: number | null;
  /** Why the last scan was not complete, in a sentence; null when it was. */
  scanProblem: string | null;
  lastCollectionAt: number | null;
  collectionProblem: string | null;
  limits: { scanAge: number; collectionAge: number };
};

export type ReadinessCheck = { name: 'database' | 'scan' | 'collection'; ok: boolean; detail: string };
export type Readiness = { ok: boolean; checks: ReadinessCheck[] };

/**
 * Whether the product does its work now: the database answers, and the last complete scan and the last
 * collection are not older than their limits. A single failed run is no reason yet; its sentence is told
 * beside the age.
 */
export function readiness(facts: ReadinessFacts): Readiness {
  const { now, limits } = facts;
  const checks: ReadinessCheck[] = [
    {
      name: 'database',
      ok: facts.databaseProblem === null,
      detail: facts.databaseProblem ?? 'The database answers.',
    },
    {
      name: 'scan',
      ...freshness('complete scan', facts.lastCompleteScanAt, now, limits.scanAge, facts.scanProblem),
    },
    {
      name: 'collection',
      ...freshness('collection', facts.lastCollectionAt, now, limits.collectionAge, facts.collectionProblem),
    },
  ];
  return { ok: checks.every((check) => check.ok), checks };
}

function freshness(
  what: string,
  lastAt: number | null,
  now: number,
  limit: number,
  problem: string | null,
): { ok: boolean; detail: string } {
  const because = problem === null ? '' : ` ${problem}`;
  if (lastAt === null) return { ok: false, detail: `No ${what} yet.${because}` };
  const age = Math.max(0, now - lastAt);
  const ok = age <= limit;
  const detail = `Last ${what} ${spelled(age)} ago${ok ? '' : `, more than ${spelled(limit)}`}.${because}`;
  return { ok, detail };
}

function spelled(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `${Math.floor(ms / 1000)} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}
