import type { DetectedChange } from '../../license/change.ts';
import { DIRECT } from '../../license/user-state.ts';
import type { Evidence } from '../evidence.ts';
import { type CauseRule, type Finding, mergeChains } from '../finding.ts';
import { type Flip, flipsOf } from '../flips.ts';
import { servicePlansThroughGroup, throughGroup } from './group.ts';
import { recordedAct } from './record.ts';

/**
 * Changes of licenses that a record explains: each path that changed is looked up where its cause must be (a
 * direct one in the acts on the user, one through a group in what happened to the group), and what was found
 * is one chain. The latest of the roots is the cause: losing the last path is the loss.
 */
export const recordedPaths: CauseRule = (change, evidence) => {
  if (change.userId === null || change.skuId === null || change.kind === 'never-granted') return null;
  const flips = flipsOf(change);
  if (change.kind === 'plans-changed') {
    return servicePlansThroughGroup(change, evidence) ?? recordedAct(change, null, evidence);
  }
  if (flips.length === 0 || flips.every(({ path }) => path === DIRECT))
    return recordedAct(change, null, evidence);

  const findings = flips
    .map((flip) => explainFlip(change, flip, evidence))
    .filter((finding) => finding !== null);
  const deleted = findings.find(({ cause }) => cause === 'group-deleted');
  // Entra turns the inherited licenses of a deleted group into direct ones: the deletion is the whole story.
  const root = deleted ?? findings.sort((a, b) => firstAt(a) - firstAt(b)).at(-1);
  return root ? { ...root, chain: mergeChains(findings.map(({ chain }) => chain)) } : null;
};

const firstAt = (finding: Finding): number => finding.chain[0]?.at ?? 0;

function explainFlip(change: DetectedChange, flip: Flip, evidence: Evidence): Finding | null {
  if (flip.path === DIRECT) return recordedAct(change, flip, evidence);
  return (
    throughGroup(change, flip, evidence) ??
    recordedAct(change, flip, evidence, (fit) => fit === 'shows') ??
    emptyRecord(change, flip, evidence)
  );
}

/** An empty record proves who as long as no other change of the same user is what it stands for. */
function emptyRecord(change: DetectedChange, flip: Flip, evidence: Evidence): Finding | null {
  const hasDirectChange = evidence
    .changesOfUser(change.userId)
    .some((other) => other.kind === 'plans-changed' || flipsOf(other).some(({ path }) => path === DIRECT));
  return hasDirectChange ? null : recordedAct(change, flip, evidence);
}
