import { productName } from '../../domain/license/catalogue.ts';
import { type AskedChange, type AskedFor, askedInWords } from '../../domain/restore/requests/asked-change.ts';
import { type AskedView, askedViewOf } from '../../domain/restore/requests/asked-view.ts';
import { planOnRequest } from '../../domain/restore/requests/on-request.ts';
import { requestFacts } from '../../domain/restore/requests/request-facts.ts';
import type { RequestPlan } from '../../domain/restore/requests/request-sentence.ts';
import { planUndoOnRequest } from '../../domain/restore/requests/undo-on-request.ts';
import type { JobContext } from '../context.ts';
import type { DecisionContext, Refused } from './decided.ts';
import { leftOfRequest } from './left-of-request.ts';

/** What would be written, and the decision that it takes back with how often that was tried before. */
export type AskedPlan = { kind: 'plan'; plan: RequestPlan; undos: number };

/** Plans what was asked for from the state as it is now, or says why it cannot be done at all. */
export async function planAsked(
  { context, access, now }: Pick<DecisionContext, 'context' | 'access' | 'now'>,
  asked: AskedFor,
): Promise<AskedPlan | Refused> {
  const { users, decisions } = context.store;
  const factsOf = async (userIds: readonly string[]) =>
    requestFacts({
      users: await users.byIds(userIds),
      tenant: await users.tenant(),
      openSteps: await decisions.openSteps(),
      now,
    });
  if (asked.undoes === null) {
    const { userIds, skuIds, planIds = [] } = asked;
    const kind = asked.kind === 'undo' ? 'assign' : asked.kind;
    return {
      kind: 'plan',
      plan: planOnRequest({ kind, userIds, skuIds, planIds }, await factsOf(userIds)),
      undos: 0,
    };
  }
  const left = await leftOfRequest({ context, access, now }, asked.undoes);
  if (left.kind === 'refused') return left;
  return {
    kind: 'plan',
    plan: planUndoOnRequest(left.steps, await factsOf(left.userIds)),
    undos: left.undos,
  };
}

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
