import type { Access } from '../../domain/access/access.ts';
import type { Person } from '../../domain/access/person.ts';
import type { Decision } from '../../domain/incident/decision.ts';
import { type AskedChange, ended, isWaiting } from '../../domain/restore/requests/asked-change.ts';
import { type AskedView, askedViewOf, endingInWords } from '../../domain/restore/requests/asked-view.ts';
import type { RequestPlan } from '../../domain/restore/requests/request-sentence.ts';
import type { JobContext } from '../context.ts';
import { askedCard, askerNotice } from '../outgoing/outgoing.ts';
import { beyond } from './beyond.ts';
import { type DecisionContext, decisionOf, plannedSteps, type Refused, refuse, usersOf } from './decided.ts';
import { otherPlan } from './incident-plan.ts';
import { OUTRUN, oneAfterAnother } from './one-after-another.ts';
import { planAsked, wordsOf } from './plan-asked.ts';

/**
 * What came of a press on a request for a second operator: `beyond` is said to the person who may not decide for all of its
 * users, `shown` is the plan to look at before anything is written,
 * `own` is said to the asker, `ended` that it waits no more.
 */
export type Answered =
  | { kind: 'started'; decisionId: string }
  | { kind: 'beyond'; reason: string; askedBy: string }
  | { kind: 'shown'; view: AskedView; notice: string | null }
  | { kind: 'own'; view: AskedView }
  | { kind: 'ended'; view: AskedView }
  | Refused;

/**
 * Writes what somebody else asked for, planned from the state as it is now, once. The asker stands in the log as
 * the one who changed it, the other as the one who confirmed.
 * @param shown digest of the plan that was shown; null where none was, so that it is shown first
 */
export function confirmAsked(
  context: JobContext,
  requestId: string,
  shown: string | null,
  by: Person,
  access: Access,
): Promise<Answered> {
  return answering(context, requestId, by, access, async (deciding, change, id) => {
    const made = await planAsked(deciding, change.asked);
    if (made.kind === 'refused') return made;
    const { plan, undos } = made;
    const { digest, sentence } = plan.view;
    if (plan.steps.length === 0) return refuse(sentence);
    if (shown !== digest) {
      const notice = shown === null ? null : otherPlan(shown).reason;
      return { kind: 'shown', view: await viewOf(context, change, plan), notice };
    }
    const { kind, undoes } = change.asked;
    const group = change.asked.group ? { group: change.asked.group } : {};
    const confirmed = decisionOf(deciding, {
      id,
      kind: 'confirm',
      incidentId: null,
      userIds: usersOf(plan.steps),
      about: change.id,
    });
    const written = decisionOf(
      { ...deciding, by: change.by },
      {
        id: undoes === null ? `${change.id}:${kind}` : `${undoes}:undo-${undos + 1}`,
        kind,
        incidentId: null,
        userIds: usersOf(plan.steps),
        about: undoes ?? change.id,
        ...group,
      },
    );
    const steps = plannedSteps(plan.steps, written.id, deciding.now);
    const next = ended(change, 'confirmed', by, deciding.now);
    const stored = await commitEnd(deciding, next, [confirmed, written], steps);
    return stored ? { kind: 'started', decisionId: written.id } : OUTRUN;
  });
}

/** The second operator says no: nothing is written. */
export function declineAsked(
  context: JobContext,
  requestId: string,
  reason: string | null,
  by: Person,
  access: Access,
): Promise<Answered> {
  return answering(context, requestId, by, access, (deciding, change, id) =>
    endAs(deciding, change, id, 'decline', reason),
  );
}

/** The asker takes it back. */
export async function withdrawAsked(
  context: JobContext,
  requestId: string,
  by: Person,
  access: Access,
): Promise<Answered> {
  const deciding: DecisionContext = { context, by, access, now: context.clock.now() };
  const outcome = await oneAfterAnother(context, async (id): Promise<Answered | typeof OUTRUN> => {
    const change = await load(context, requestId);
    if (!change) return refuse(UNKNOWN);
    if (change.by.aadObjectId !== by.aadObjectId) {
      return tooFar(change, access) ?? refuse(NOT_YOURS);
    }
    if (!isWaiting(change, deciding.now)) return { kind: 'ended', view: await viewOf(context, change, null) };
    return endAs(deciding, change, id, 'withdraw', null);
  });
  return outcome ?? refuse(TRY_AGAIN);
}

const UNKNOWN = 'I do not know this request.';
const NOT_YOURS = 'Only the person who asked for this can withdraw it. You can decline it.';
const TRY_AGAIN = 'It could not be stored, so nothing was done. Please try again.';

/** What stands between a press of a second operator and its effect, looked at again after each who was first. */
async function answering(
  context: JobContext,
  requestId: string,
  by: Person,
  access: Access,
  answer: (deciding: DecisionContext, change: AskedChange, id: string) => Promise<Answered | typeof OUTRUN>,
): Promise<Answered> {
  const deciding: DecisionContext = { context, by, access, now: context.clock.now() };
  const outcome = await oneAfterAnother(context, async (id): Promise<Answered | typeof OUTRUN> => {
    const change = await load(context, requestId);
    if (!change) return refuse(UNKNOWN);
    // First of all: what is asked for others is none of their business.
    const elsewhere = tooFar(change, access);
    if (elsewhere) return elsewhere;
    if (!isWaiting(change, deciding.now)) return { kind: 'ended', view: await viewOf(context, change, null) };
    if (change.by.aadObjectId === by.aadObjectId) {
      const made = await planAsked(deciding, change.asked);
      return { kind: 'own', view: await viewOf(context, change, made.kind === 'plan' ? made.plan : null) };
    }
    return answer(deciding, change, id);
  });
  return outcome ?? refuse(TRY_AGAIN);
}

function tooFar({ by, asked }: AskedChange, access: Access): Answered | null {
  const refused = beyond(
    access,
    asked.kind === 'undo' ? { ...asked, kind: 'assign' } : { ...asked, kind: asked.kind },
  );
  return refused && { kind: 'beyond', reason: refused.reason, askedBy: by.name };
}

const load = async ({ store }: JobContext, requestId: string): Promise<AskedChange | null> =>
  (await store.askedChanges.byIds([requestId]))[0] ?? null;

async function endAs(
  deciding: DecisionContext,
  change: AskedChange,
  id: string,
  kind: 'decline' | 'withdraw',
  reason: string | null,
): Promise<Answered | typeof OUTRUN> {
  const { context, by, now } = deciding;
  const next = ended(change, kind === 'decline' ? 'declined' : 'withdrawn', by, now, reason);
  const { userIds } = change.asked;
  const taken = decisionOf(deciding, { id, kind, incidentId: null, userIds, about: change.id, reason });
  return (await commitEnd(deciding, next, [taken]))
    ? { kind: 'ended', view: await viewOf(context, next, null) }
    : OUTRUN;
}

/**
 * Stores that a request has ended with all that follows from it, in one transaction; false when somebody else was
 * first. The asker is told, unless they ended it themselves or see it on the card in the channel.
 */
export async function commitEnd(
  { context, now }: Pick<DecisionContext, 'context' | 'now'>,
  next: AskedChange,
  decisions: readonly Decision[],
  steps: ReturnType<typeof plannedSteps> = [],
): Promise<boolean> {
  const { store } = context;
  const { what, ended: end } = await viewOf(context, next, null);
  const alerts = await store.conversations.alertTarget();
  const isTold = end?.how !== 'withdrawn' && next.conversationKey !== alerts?.key;
  const text = endingInWords({ what, ended: end });
  context.onStep('decide:before-commit');
  const committed = await store.incidents.commit({
    incidents: [],
    verdicts: [],
    settled: [],
    outbox: [
      askedCard(next, now),
      ...(isTold ? [askerNotice(next, TITLES[end?.how ?? 'expired'] ?? '', text, now)] : []),
    ],
    decisions,
    steps,
    asked: next,
  });
  context.onStep('decide:after-commit');
  return committed;
}

const TITLES: Partial<Record<string, string>> = {
  confirmed: 'Your request was confirmed',
  declined: 'Your request was declined',
  expired: 'Your request has expired',
};

/** @param plan for the person who may see all of the users */
export const viewOf = async (
  context: JobContext,
  change: AskedChange,
  plan: RequestPlan | null,
): Promise<AskedView> => askedViewOf(change, await wordsOf(context, change.asked), plan);
