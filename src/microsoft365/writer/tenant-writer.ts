import {
  MAX_WRITES_AT_ONCE,
  TenantReadError,
  type TenantWriter,
  type WriteOutcome,
} from '../../domain/ports.ts';
import type { StepAction } from '../../domain/restore/step.ts';
import type { Patience } from '../graph/batch.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { sendWrites } from '../graph/write-batch.ts';
import { OPERATIONS } from '../operations.ts';
import { explained } from './explain-refusal.ts';
import { directAmong, givenAmong, lookAt, stands, type TenantSnapshot } from './tenant-snapshot.ts';
import { writeCall } from './write-call.ts';
import { ALREADY, outcomeOf, outcomeOfFailure } from './write-outcome.ts';

/**
 * Writes to one tenant through Graph. Every write goes out once: what Microsoft throttled, or did not answer,
 * comes back as retryable, so that the caller can note each attempt and look before the next.
 */
export const createTenantWriter = (
  graph: GraphClient,
  patience: Patience,
  signal: AbortSignal,
): TenantWriter => ({
  async write(actions) {
    if (actions.length > MAX_WRITES_AT_ONCE) {
      throw new RangeError(`A batch takes ${MAX_WRITES_AT_ONCE} writes, not ${actions.length}.`);
    }
    try {
      return await writeOpen(graph, actions, patience, signal);
    } catch (error) {
      if (!(error instanceof TenantReadError)) throw error;
      return actions.map(() => outcomeOfFailure(error));
    }
  },
  async alreadyApplied(actions) {
    const snapshot = await lookAt(graph, actions, patience, signal);
    return actions.map((action) => stands(action, snapshot));
  },
});

/**
 * Leaves out what stands already and sends the rest. `assignLicense` answers 200 whether it changed anything or
 * not, and an undo must not take what somebody else gave, so licenses are looked at first; for members and
 * deleted accounts Microsoft's refusal tells.
 */
async function writeOpen(
  graph: GraphClient,
  actions: readonly StepAction[],
  patience: Patience,
  signal: AbortSignal,
): Promise<WriteOutcome[]> {
  const snapshot = await lookAt(graph, actions.filter(setsLicenses), patience, signal);
  const open = actions
    .map((action, index) => ({ action: narrowed(action, snapshot), index }))
    .filter(({ action }) => !setsLicenses(action) || !stands(action, snapshot));
  const outcomes = actions.map(() => ALREADY);
  if (open.length === 0) return outcomes;
  const requests = open.map(({ action }) => writeCall(action, graph.origin));
  const answers = await sendWrites(graph, requests, OPERATIONS.writeBatch, signal);
  const now = patience.clock.now();
  const results = open.map(({ action }, index) => ({
    action,
    outcome: outcomeOf(action, answers[index] ?? null, now),
  }));
  const final = await explained(graph, results, patience, signal);
  for (const [position, { index }] of open.entries()) outcomes[index] = final[position] ?? ALREADY;
  return outcomes;
}

const LICENSE_ACTIONS: ReadonlySet<StepAction['kind']> = new Set([
  'assign',
  'unassign',
  'swap',
  'license-group',
  'unlicense-group',
]);
const setsLicenses = ({ kind }: StepAction): boolean => LICENSE_ACTIONS.has(kind);

/** Microsoft takes none of several products away when one of them is gone already, so only the others are sent. */
function narrowed(action: StepAction, { users, groups }: TenantSnapshot): StepAction {
  if (action.kind === 'unassign' || action.kind === 'swap') {
    const user = users.get(action.userId);
    return user ? { ...action, skuIds: directAmong(action.skuIds, user) } : action;
  }
  if (action.kind === 'unlicense-group') {
    const group = groups.get(action.groupId);
    return group ? { ...action, skuIds: givenAmong(action.skuIds, group) } : action;
  }
  return action;
}
