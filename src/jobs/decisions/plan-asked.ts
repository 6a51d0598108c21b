import type { Decision } from '../../domain/incident/decision.ts';
import { productName } from '../../domain/license/catalogue.ts';
import { type AskedChange, type AskedFor, askedInWords } from '../../domain/restore/requests/asked-change.ts';
import { type AskedView, askedViewOf } from '../../domain/restore/requests/asked-view.ts';
import { planOnRequest } from '../../domain/restore/requests/on-request.ts';
import { type RequestFacts, requestFacts } from '../../domain/restore/requests/request-facts.ts';
import type { RequestPlan } from '../../domain/restore/requests/request-sentence.ts';
import { planUndoOnRequest } from '../../domain/restore/requests/undo-on-request.ts';
import type { JobContext } from '../context.ts';
import type { DecisionContext, Refused } from './decided.ts';
import { factsOfRequest } from './facts-of-request.ts';
import { leftOfRequest } from './left-of-request.ts';

/** What would be written, and the decision that it takes back with how often that was tried before. */
export type AskedPlan = { kind: 'plan'; plan: RequestPlan; undos: number };

/** Plans what was asked for from the state as it is now, or says why it cannot be done at all. */
export async function planAsked(
  { context, access, now }: Pick<DecisionContext, 'context' | 'access' | 'now'>,
  asked: AskedFor,
): Promise<AskedPlan | Refused> {
  if (asked.undoes === null) {
    const { userIds, skuIds, planIds = [], group } = asked;
    const kind = asked.kind === 'undo' ? 'assign' : asked.kind;
    const request = { kind, userIds, skuIds, planIds, ...(group ? { groupId: group.id } : {}) };
    const facts = await factsOfRequest(context, request, now);
    if ('kind' in facts) return facts;
    return { kind: 'plan', plan: planOnRequest(request, facts), undos: 0 };
  }
  const left = await leftOfRequest({ context, access, now }, asked.undoes);
  if (left.kind === 'refused') return left;
  const { users, decisions } = context.store;
  const facts = requestFacts({
    users: await users.byIds(left.userIds),
    tenant: await users.tenant(),
    openSteps: await decisions.openSteps(),
    now,
  });
  return {
    kind: 'plan',
    plan: planUndoOnRequest(left.steps, left.done, namingGroup(facts, left.of)),
    undos: left.undos,
  };
}

/** A group that gives no license is known by what it was called when it was changed. */
export const namingGroup = (facts: RequestFacts, { group }: Pick<Decision, 'group'>): RequestFacts => ({
  ...facts,
  groupName: (groupId) => (group?.id === groupId ? group.name : facts.groupName(groupId)),
});

/** What was asked for, in words without names of users. */
export async function wordsOf({ store }: Pick<JobContext, 'store'>, asked: AskedFor): Promise<string> {
  const { skus } = await store.users.tenant();
  const partNumbers = new Map(skus.map((sku) => [sku.skuId, sku.partNumber]));
  return askedInWords(asked, (skuId) => productName(skuId, partNumbers.get(skuId)));
}

/**
 * Loads a request as the card in the channel shows it.
 * @param showsNames whether everybody who reads the card may see the users
 */
export async function askedOnCard(
  context: JobContext,
  change: AskedChange,
  showsNames: boolean,
): Promise<AskedView> {
  const what = await wordsOf(context, change.asked);
  if (change.ended !== null || !showsNames) return askedViewOf(change, what, null);
  const everybody = { role: 'operator', sees: null, acts: null } as const;
  const made = await planAsked({ context, access: everybody, now: context.clock.now() }, change.asked);
  return askedViewOf(change, what, made.kind === 'plan' ? made.plan : null);
}
