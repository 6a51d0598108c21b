import type { Actor, AuditEvent } from '../audit/event.ts';
import type { DetectedChange } from '../license/change.ts';
import type { Evidence } from './evidence.ts';
import type { Cause, ChainLink, VerdictLevel } from './verdict.ts';

/** What one family of causes has found for a change. */
export type Finding = {
  level: VerdictLevel;
  cause: Cause;
  actor: Actor | null;
  chain: ChainLink[];
  groupId: string | null;
};

/** One family of causes: looks at a change and its evidence, and answers or passes. */
export type CauseRule = (change: DetectedChange, evidence: Evidence) => Finding | null;

/** A dated sentence with the records that show it. */
export const link = (at: number, what: string, records: readonly AuditEvent[] = []): ChainLink => ({
  at,
  what,
  evidence: [...new Set(records.map((record) => record.id))],
});

/** Links of several findings in the order of time, each record told once. */
export function mergeChains(chains: readonly ChainLink[][]): ChainLink[] {
  const told = new Set<string>();
  return chains
    .flat()
    .sort((a, b) => a.at - b.at)
    .flatMap((entry) => {
      const key = entry.evidence.length > 0 ? entry.evidence.join('|') : `${entry.at}|${entry.what}`;
      if (told.has(key)) return [];
      told.add(key);
      return [entry];
    });
}
