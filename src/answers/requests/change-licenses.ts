import { listed } from '../../domain/english.ts';
import { type LicenseRequest, planOnRequest } from '../../domain/restore/requests/on-request.ts';
import { requestFacts } from '../../domain/restore/requests/request-facts.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer } from '../answer/make-answer.ts';
import { loadNames, type Names, usersById } from '../words/names.ts';
import { changeGroups } from './change-groups.ts';
import { MAX_USERS } from './most-users.ts';

/** "Assign Visio to Lee", "remove E3 from Adele": what would be written, for the card that asks first. */
export async function changeLicenses(query: Query, deps: AnswerDeps): Promise<Answer> {
  if (query.groups.length > 0) return changeGroups(query, deps);
  const kind = query.intent === 'remove' ? 'remove' : 'assign';
  const names = await loadNames(deps.store);
  const users = await usersById(deps.store, query.people);
  const held = new Set(
    [...users.values()].flatMap(({ state }) => state.assignments.map(({ skuId }) => skuId)),
  );
  // "E3" means every E3 that the tenant has: taken away can only be one that somebody holds.
  const skuIds = kind === 'remove' ? query.skus.filter((id) => held.has(id)) : query.skus;
  if (query.people.length > MAX_USERS) {
    return makeAnswer(
      query.intent,
      `I change licenses of at most ${MAX_USERS} users in one request. Use a group for more.`,
    );
  }
  if (skuIds.length === 0) {
    return makeAnswer(query.intent, `${whoHas(users, query)} no license of ${productsOf(query, names)}.`, {
      next: [...users.values()].slice(0, 1).map(({ state }) => `licenses of ${state.userPrincipalName}`),
    });
  }
  if (skuIds.length > 1) return whichProduct(kind, skuIds, [...users.values()], query, names);
  const request: LicenseRequest = { kind, userIds: query.people, skuIds };
  const { view, deadlines } = planOnRequest(
    request,
    requestFacts({
      users: [...users.values()],
      tenant: await deps.store.users.tenant(),
      openSteps: [],
      now: deps.now,
    }),
  );
  return makeAnswer(query.intent, view.sentence, {
    next: [...users.values()].slice(0, 1).map(({ state }) => `licenses of ${state.userPrincipalName}`),
    request: view.ready === 0 ? null : { kind: 'change-licenses', request, plan: view, deadlines },
  });
}

const productsOf = ({ skus }: Query, { product }: Names): string => listed(skus.map((id) => product(id)));

function whoHas(users: ReadonlyMap<string, { state: { displayName: string } }>, { people }: Query): string {
  const [only] = users.values();
  return people.length === 1 && only ? `${only.state.displayName} has` : 'They have';
}

function whichProduct(
  kind: LicenseRequest['kind'],
  skuIds: readonly string[],
  users: readonly { state: { displayName: string; userPrincipalName: string } }[],
  query: Query,
  { product }: Names,
): Answer {
  const to = users.map(({ state }) => state.userPrincipalName).join(' and ');
  const sentence = (skuId: string): string =>
    kind === 'assign' ? `assign ${product(skuId)} to ${to}` : `remove ${product(skuId)} from ${to}`;
  return makeAnswer(query.intent, 'Which product?', {
    blocks: [
      {
        kind: 'choices',
        choices: skuIds.slice(0, 8).map((skuId) => ({
          label: product(skuId),
          detail: listed(users.map(({ state }) => state.displayName)),
          ask: sentence(skuId),
        })),
      },
    ],
  });
}
