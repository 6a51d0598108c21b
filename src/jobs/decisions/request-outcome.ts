import { UNDO_WITHIN_MS } from '../../domain/incident-view/undo-offer.ts';
import { removalDeadlines } from '../../domain/restore/requests/removal-deadlines.ts';
import { requestFacts } from '../../domain/restore/requests/request-facts.ts';
import {
  type LicenseOutcome,
  requestOutcome,
  undoOfRequest,
} from '../../domain/restore/requests/request-outcome.ts';
import { isConcluded, isInPlace, type RestoreStep } from '../../domain/restore/step.ts';
import type { JobContext } from '../context.ts';
import { usersOf } from './decided.ts';
import { namingGroup } from './plan-asked.ts';

const LOOK_AGAIN_MS = 250;

/**
 * Waits until the steps of a decision are concluded, as long as `patienceMs`, and says what came of them: Microsoft
 * usually answers while the person still looks at the card.
 */
export async function outcomeOf(
  { store, clock }: JobContext,
  decisionId: string,
  patienceMs: number,
): Promise<LicenseOutcome> {
  const until = clock.now() + patienceMs;
  let steps = await store.decisions.stepsOf(decisionId);
  while (!steps.every(isConcluded) && clock.now() < until) {
    await clock.sleep(LOOK_AGAIN_MS);
    steps = await store.decisions.stepsOf(decisionId);
  }
  const [decision] = await store.decisions.byIds([decisionId]);
  const read = requestFacts({
    users: await store.users.byIds(usersOf(steps)),
    tenant: await store.users.tenant(),
    openSteps: [],
    now: clock.now(),
  });
  const facts = decision ? namingGroup(read, decision) : read;
  const undone =
    decision?.kind === 'undo' && decision.about !== null
      ? await store.decisions.stepsOf(decision.about)
      : null;
  const undo = undoOfRequest(steps, facts);
  return {
    sentence: requestOutcome(steps, facts, undone),
    deadlines: removalDeadlines(steps.filter(isInPlace), facts, lastNoted(steps)),
    undo:
      decision && undo !== null ? { decisionId, until: decision.at + UNDO_WITHIN_MS, sentence: undo } : null,
  };
}

const lastNoted = (steps: readonly RestoreStep[]): number =>
  steps.reduce((latest, { updatedAt }) => Math.max(latest, updatedAt), 0);
