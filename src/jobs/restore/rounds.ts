import type { JobStore } from '../../domain/ports.ts';

/** The name under which rounds of following up are noted. */
const JOB = 'follow-up';

/** When the last round was made, and when each decision that it looked at was followed up last, ms UTC. */
export type Rounds = { lastAt: number | null; byDecision: ReadonlyMap<string, number> };

/** The rounds as they were noted last; so they outlive a crash. */
export async function lastRounds(jobs: JobStore): Promise<Rounds> {
  const last = await jobs.last(JOB);
  const entries = (last?.detail ?? '').split(' ').flatMap((entry): [string, number][] => {
    const [decisionId, at] = entry.split('=');
    return decisionId && Number.isFinite(Number(at)) ? [[decisionId, Number(at)]] : [];
  });
  return { lastAt: last?.startedAt ?? null, byDecision: new Map(entries) };
}

/** Notes a round that began then, ms UTC, with all decisions that a later one may still meet. */
export async function noteRound(
  jobs: JobStore,
  begunAt: number,
  byDecision: Rounds['byDecision'],
): Promise<void> {
  const detail = [...byDecision].map(([decisionId, at]) => `${decisionId}=${at}`).join(' ');
  await jobs.started(JOB, begunAt);
  await jobs.finished(JOB, begunAt, true, detail);
}
