import type { DetectedChange } from '../../license/change.ts';
import { DIRECT } from '../../license/user-state.ts';
import type { Evidence } from '../evidence.ts';
import { type CauseRule, link } from '../finding.ts';
import { groupName, productOf, userName } from '../names.ts';
import { stepsBehind } from '../own-work.ts';
import type { OwnStep } from '../verdict.ts';

/** What we did ourselves needs no record of Microsoft's: the decision and its step are our own. */
export const ownWork: CauseRule = (change, evidence) => {
  if (change.userId === null) return null;
  const step = stepsBehind(change, evidence.ownSteps(change.userId), evidence.window).at(-1);
  if (!step) return null;
  const { context } = evidence;
  return {
    level: 'proved',
    cause: 'license-watch',
    actor: { kind: 'app', id: context.ownAppIds[0] ?? null, name: 'License Watch' },
    chain: [link(step.at, `License Watch ${deed(change, step, evidence)}, as ${step.by} decided.`)],
    groupId: groupOf(step),
  };
};

const groupOf = ({ path }: OwnStep): string | null => (path === DIRECT ? null : path);

function deed(change: DetectedChange, step: OwnStep, { context }: Evidence): string {
  const user = userName(change);
  const groupId = groupOf(step);
  const through = groupId === null ? '' : ` through the group ${groupName(groupId, context)}`;
  switch (change.kind) {
    case 'account-restored':
      return `restored the account of ${user}`;
    case 'plans-changed':
      return `changed the service plans of ${productOf(change)} for ${user}${through}`;
    case 'path-changed':
      return `changed how ${user} gets ${productOf(change)}${through}`;
    case 'lost':
      return `took ${productOf(change)} from ${user}${through}`;
    default:
      return `gave ${productOf(change, change.newSkuId ?? change.skuId)} to ${user}${through}`;
  }
}
