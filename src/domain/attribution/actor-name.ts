import type { DetectedChange } from '../license/change.ts';
import type { Evidence } from './evidence.ts';
import { actorName } from './names.ts';
import { stepsBehind } from './own-work.ts';
import type { Root } from './root.ts';

/** Who did it, in a sentence; with our own work also who decided it. */
export function actorNameOf(root: Root | null, change: DetectedChange, evidence: Evidence): string {
  if (root?.cause === 'subscription-lifecycle') return 'Microsoft’s subscription lifecycle process';
  const name = actorName(root?.actor ?? null, evidence.context);
  if (root?.cause !== 'license-watch') return name;
  const step = stepsBehind(change, evidence.ownSteps(change.userId), evidence.window).at(-1);
  return step ? `License Watch, as ${step.by} decided,` : name;
}
