import type { Verdict } from '../../domain/attribution/verdict.ts';
import type { DetectedChange } from '../../domain/license/change.ts';
import type { ExplainedCase } from './explain-case.ts';

/** The document that `replay --json` prints: times in ISO form, ids in lower case. */
export const toDocument = ({ changes, incidents }: ExplainedCase) => ({
  changes: changes.map(({ change, verdict }) => changeEntry(change, verdict)),
  incidents: incidents.map(({ kind, cause, severity, userIds, skuIds }) => ({
    kind,
    cause,
    severity,
    userIds,
    skuIds,
  })),
});

const changeEntry = (change: DetectedChange, verdict: Verdict) => ({
  userId: change.userId,
  skuId: change.skuId,
  ...(change.kind === 'swap' && { newSkuId: change.newSkuId }),
  kind: change.kind,
  path: change.path,
  verdict: verdict.level,
  cause: verdict.cause,
  actor: verdict.actor && { kind: verdict.actor.kind, id: verdict.actor.id, name: verdict.actor.name },
  chain: verdict.chain.map(({ at, what, evidence }) => ({
    at: new Date(at).toISOString(),
    what,
    evidence,
  })),
  evidence: verdict.evidence,
});
