import { attribute } from '../../domain/attribution/causes/attribute.ts';
import type { Verdict } from '../../domain/attribution/verdict.ts';
import type { Settled } from '../../domain/incident/settle.ts';
import type { DetectedChange, LicenseChange } from '../../domain/license/change.ts';
import type { JobContext } from '../context.ts';
import { gatherEvidence } from './evidence.ts';

export type Explained = {
  /** One verdict for each change, in their order. */
  verdicts: Verdict[];
  /** All that changed in the reads of these changes. */
  ofReads: DetectedChange[];
  /** What became of the changes of those reads while they settled, by change id. */
  became: ReadonlyMap<string, Settled>;
};

/**
 * Explains changes of one read or several. Each window has its own evidence: what only a full read shows may lie
 * further back than a loss that was seen in the same read.
 */
export async function explain(context: JobContext, changes: readonly LicenseChange[]): Promise<Explained> {
  const verdicts = new Map<LicenseChange, Verdict>();
  const ofReads = new Map<string, readonly DetectedChange[]>();
  const became = new Map<string, Settled>();
  const windowOf = ({ scanId, observedBefore }: LicenseChange): string => `${scanId}|${observedBefore}`;
  for (const ofWindow of Map.groupBy(changes, windowOf).values()) {
    const evidence = await gatherEvidence(context, ofWindow);
    ofReads.set(ofWindow[0]?.scanId ?? '', evidence.changes);
    for (const [id, settled] of evidence.became) became.set(id, settled);
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
    became,
  };
}
