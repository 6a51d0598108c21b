import { listed } from '../../domain/english.ts';
import { productName } from '../../domain/license/catalogue.ts';
import type { GroupNow } from '../../domain/license/group-now.ts';
import { planNamesIn, plansBySku, plansOfService } from '../../domain/license/plan-services.ts';
import type { TenantState } from '../../domain/license/sku.ts';
import { type LicenseRequest, planOnRequest } from '../../domain/restore/requests/on-request.ts';
import { requestFacts } from '../../domain/restore/requests/request-facts.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer } from '../answer/make-answer.ts';
import { namesIn, usersById } from '../words/names.ts';
import { MAX_USERS } from './most-users.ts';

const NOT_A_WHOLE_GROUP =
  'What a group gives concerns everybody who joins it: somebody who may act on all users has to ask for it.';
const KNOWN_BY_LICENSES =
  'From here I know who is in a group by the licenses that it gives. In Teams I look into the group itself.';
const ANOTHER = ['which groups give licenses'];
/** As many as one looks through. */
const MAX_CHOICES = 8;

/**
 * "Put Lee into LIC-E3", "assign E3 to the group All Sales": what would be written, for the card that asks first. The
 * group is looked at now, as what decides who is in it, and who is, may have changed since the last scan.
 */
export async function changeGroups(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { intent, people, skus, groups } = query;
  const tenant = await deps.store.users.tenant();
  const say = (lead: string, next: string[] = ANOTHER): Answer => makeAnswer(intent, lead, { next });
  const [groupId = '', ...others] = groups;
  if (others.length > 0) return whichGroup(query, tenant, deps);
  if (people.length > MAX_USERS) {
    return say(`I change the groups of at most ${MAX_USERS} users in one request.`);
  }
  const isOfMembers = people.length > 0;
  if (!isOfMembers && !deps.actsOnAll) return say(NOT_A_WHOLE_GROUP);
  const read =
    deps.groups === null ? await storedGroup(groupId, tenant, deps) : await deps.groups.now(groupId);
  if (read !== null && 'unread' in read) return say(`I cannot look at the group now. ${read.unread}`);
  const name = read?.group.displayName ?? namesIn(tenant).group(groupId);
  const given = read?.group.assignedLicenses.map(({ skuId }) => skuId) ?? [];
  const next = [`who is in ${name}`, ...ANOTHER];
  if (isOfMembers) {
    const strange = skus.filter((skuId) => !given.includes(skuId));
    // "E3" is every E3 of the tenant: one that the group gives is meant.
    if (skus.length > 0 && strange.length === skus.length) {
      return say(
        `${name} does not give ${listed(
          skus.map((skuId) => productIn(tenant, skuId)),
          'or',
        )}.`,
        next,
      );
    }
    const kind = intent === 'remove' ? 'remove-from-group' : 'add-to-group';
    return planned({ kind, userIds: people, skuIds: [], groupId }, read, tenant, query, next, deps);
  }
  if (skus.length === 0) {
    const example =
      intent === 'remove' ? `remove Visio from the group ${name}` : `assign Visio to the group ${name}`;
    return say(`Who, or which product? For example: “${example}”.`, next);
  }
  const isGiven = intent !== 'remove';
  // "E3" means every E3 that the tenant has: given can only be one that the group has not, taken one that it has.
  const open = skus.filter((skuId) => given.includes(skuId) !== isGiven);
  if (open.length > 1) return whichProduct(query, open, name, tenant);
  const skuIds = [open[0] ?? skus[0] ?? ''];
  const kind = isGiven ? 'license-group' : 'unlicense-group';
  const off = plansOff(query, skuIds[0] ?? '', tenant);
  if (off === null) {
    return say(
      `${productIn(tenant, skuIds[0] ?? '')} does not contain ${listed(query.plans ?? [], 'or')}.`,
      next,
    );
  }
  const planIds = off.length > 0 ? { planIds: off } : {};
  return planned({ kind, userIds: [], skuIds, groupId, ...planIds }, read, tenant, query, next, deps);
}

/** The service plans that were said to be left out, in this product; null where it has none of one of them. */
function plansOff({ plans = [], planState }: Query, skuId: string, tenant: TenantState): string[] | null {
  if (planState !== 'off' || plans.length === 0) return [];
  const own = plansBySku(tenant.skus).get(skuId) ?? [];
  const names = planNamesIn(tenant.skus);
  const found = plans.map((name) => plansOfService(name, new Set(own), names));
  return found.some(({ size }) => size === 0) ? null : found.flatMap((ids) => [...ids]);
}

async function planned(
  request: LicenseRequest,
  group: GroupNow | null,
  tenant: TenantState,
  { intent, people }: Query,
  next: string[],
  deps: AnswerDeps,
): Promise<Answer> {
  const users = await usersById(deps.store, people.length > 0 ? people : (group?.userIds ?? []));
  const facts = requestFacts({ users: [...users.values()], tenant, openSteps: [], now: deps.now, group });
  const { steps, view, deadlines } = planOnRequest(request, facts);
  return makeAnswer(intent, view.sentence, {
    ...(deps.groups === null ? { blocks: [{ kind: 'text', text: KNOWN_BY_LICENSES }] } : {}),
    next,
    request: steps.length === 0 ? null : { kind: 'change-licenses', request, plan: view, deadlines },
  });
}

/** A group as far as the last scans tell: who has a license by it is in it. */
async function storedGroup(
  groupId: string,
  { groups }: TenantState,
  { store }: AnswerDeps,
): Promise<GroupNow | null> {
  const group = groups.find(({ id }) => id === groupId);
  if (!group) return null;
  const userIds: string[] = [];
  for await (const chunk of store.users.all()) {
    for (const { state, removedAt } of chunk) {
      if (removedAt === null && state.assignments.some(({ path }) => path === groupId))
        userIds.push(state.id);
    }
  }
  return { group, userIds, nested: 0 };
}

const productIn = ({ skus }: TenantState, skuId: string): string =>
  productName(skuId, skus.find((sku) => sku.skuId === skuId)?.partNumber);

async function whichGroup(query: Query, tenant: TenantState, deps: AnswerDeps): Promise<Answer> {
  const { intent, people, skus, groups } = query;
  const known = deps.directory.groups.filter(({ id }) => groups.includes(id));
  const names = known.map(({ displayName }) => displayName);
  const users = [...(await usersById(deps.store, people)).values()].map(({ state }) => state);
  const whom = users.map(({ userPrincipalName }) => userPrincipalName).join(' and ');
  const what = listed(skus.map((skuId) => productIn(tenant, skuId)));
  const sentence = (name: string): string =>
    people.length > 0
      ? intent === 'remove'
        ? `take ${whom} out of the group ${name}`
        : `put ${whom} into the group ${name}`
      : intent === 'remove'
        ? `remove ${what} from the group ${name}`
        : `assign ${what} to the group ${name}`;
  return makeAnswer(intent, 'One group at a time: which one?', {
    blocks: [
      {
        kind: 'choices',
        choices: names.slice(0, MAX_CHOICES).map((name) => ({
          label: name,
          detail: people.length > 0 ? listed(users.map(({ displayName }) => displayName)) : what,
          ask: sentence(name),
        })),
      },
    ],
    next: ANOTHER,
  });
}

function whichProduct(
  { intent }: Query,
  skuIds: readonly string[],
  name: string,
  tenant: TenantState,
): Answer {
  return makeAnswer(intent, 'Which product?', {
    blocks: [
      {
        kind: 'choices',
        choices: skuIds.slice(0, MAX_CHOICES).map((skuId) => ({
          label: productIn(tenant, skuId),
          detail: name,
          ask:
            intent === 'remove'
              ? `remove ${productIn(tenant, skuId)} from the group ${name}`
              : `assign ${productIn(tenant, skuId)} to the group ${name}`,
        })),
      },
    ],
  });
}
