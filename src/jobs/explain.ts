import { attribute } from '../domain/attribution/attribute.ts';
import type { Verdict } from '../domain/attribution/verdict.ts';
import type { DetectedChange, LicenseChange } from '../domain/license/change.ts';
import type { JobContext } from './context.ts';
import { gatherEvidence } from './evidence.ts';

/** What attribution said of changes, one verdict for each in their order, and all that changed in their reads. */
export type Explained = { verdicts: Verdict[]; ofReads: DetectedChange[] };

/**
 * Explains changes of one read or several. Each window has its own evidence: what only a full read shows may lie
 * further back than a loss that was seen in the same read.
 */
export async function explain(context: JobContext, changes: readonly LicenseChange[]): Promise<Explained> {
  const verdicts = new Map<LicenseChange, Verdict>();
  const ofReads = new Map<string, readonly DetectedChange[]>();
  const windowOf = ({ scanId, observedBefore }: LicenseChange): string => `${scanId}|${observedBefore}`;
  for (const ofWindow of Map.groupBy(changes, windowOf).values()) {
    const evidence = await gatherEvidence(context, ofWindow);
    ofReads.set(ofWindow[0]?.scanId ?? '', evidence.changes);
    for (const [index, verdict] of attribute(ofWindow, evidence).entries()) {
      const change = ofWindow[index];
      if (change) verdicts.set(change, verdict);
    }
  }
  const inOrder = changes.map((change) => verdicts.get(change));
  return {
    verdicts: inOrder.map((verdict) => {
      if (!verdict) throw new RangeError('attribution returned fewer verdicts than changes');
      return verdict;
    }),
    ofReads: [...ofReads.values()].flat(),
  };
}
