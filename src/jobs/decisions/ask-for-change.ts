import {
  type AskedChange,
  type AskedFor,
  type Asking,
  isWaiting,
} from '../../domain/restore/requests/asked-change.ts';
import { NO_CHANNEL, type SecondOperator } from '../../domain/restore/requests/asked-view.ts';
import type { RequestPlan } from '../../domain/restore/requests/request-sentence.ts';
import { askedCard } from '../outgoing/outgoing.ts';
import { type DecisionContext, decisionOf, type Refused, refuse } from './decided.ts';
import { OUTRUN, oneAfterAnother } from './one-after-another.ts';
import { EXPIRES_AFTER_MS, needsSecond } from './second-approval.ts';
import type { NeedsSecond, Started } from './started.ts';

/** Whether a write to these users needs a second operator now, and whether there is a channel to ask in. */
export async function secondOperator(
  deciding: Pick<DecisionContext, 'context' | 'by' | 'now'>,
  userIds: readonly string[],
): Promise<SecondOperator> {
  if (!(await needsSecond(deciding, userIds))) return 'not-needed';
  return (await deciding.context.store.conversations.alertTarget()) === null ? 'no-channel' : 'can-be-asked';
}

/** Stops where a second operator is needed: the person who pressed to write alone sees the plan again first. */
export const needsSecondFirst = (
  second: SecondOperator,
  asked: AskedFor,
  plan: RequestPlan,
): Refused | NeedsSecond =>
  second === 'no-channel' ? refuse(NO_CHANNEL) : { kind: 'needs-second', asked, plan };

/**
 * Stores what was asked for until somebody else confirms or declines it, and posts it in the alert channel. Who
 * presses twice has asked once.
 * @param latest when it is too late for what is asked, ms UTC
 */
export async function askForChange(
  deciding: DecisionContext,
  asked: AskedFor,
  { view: { digest } }: RequestPlan,
  asking: Asking,
  latest = Number.POSITIVE_INFINITY,
): Promise<Started> {
  const { context, by, now } = deciding;
  const { store } = context;
  if ((await store.conversations.alertTarget()) === null) return refuse(NO_CHANNEL);
  const stored = await oneAfterAnother(context, async (id) => {
    const same = (await store.askedChanges.waiting()).find(
      (one) => isWaiting(one, now) && one.by.aadObjectId === by.aadObjectId && isSame(one.asked, asked),
    );
    if (same) return same;
    const change: AskedChange = {
      id,
      revision: 1,
      by,
      at: now,
      expiresAt: Math.min(now + EXPIRES_AFTER_MS, latest),
      asked,
      plan: digest,
      conversationKey: asking.conversationKey,
      ended: null,
    };
    const { userIds } = asked;
    const decision = decisionOf(deciding, {
      id,
      kind: 'request',
      incidentId: null,
      userIds,
      until: change.expiresAt,
      about: asked.undoes,
    });
    context.onStep('decide:before-commit');
    const committed = await store.incidents.commit({
      incidents: [],
      verdicts: [],
      settled: [],
      outbox: [askedCard(change, now)],
      decisions: [decision],
      asked: change,
    });
    context.onStep('decide:after-commit');
    return committed ? change : OUTRUN;
  });
  return stored
    ? { kind: 'waiting', asked: stored }
    : refuse('It could not be stored, so nobody was asked. Please try again.');
}

const isSame = (one: AskedFor, other: AskedFor): boolean =>
  one.kind === other.kind &&
  one.undoes === other.undoes &&
  one.group?.id === other.group?.id &&
  sameIds(one.planIds ?? [], other.planIds ?? []) &&
  sameIds(one.userIds, other.userIds) &&
  // There and back are two swaps of the same products.
  (one.kind === 'swap' ? one.skuIds.join() === other.skuIds.join() : sameIds(one.skuIds, other.skuIds));

const sameIds = (ids: readonly string[], others: readonly string[]): boolean =>
  ids.toSorted().join() === others.toSorted().join();
