import { listed } from '../../domain/english.ts';
import { DIRECT, gives } from '../../domain/license/user-state.ts';
import type { StoredUser } from '../../domain/ports.ts';
import type { LicenseRequest } from '../../domain/restore/requests/on-request.ts';
import { planOnRequest } from '../../domain/restore/requests/on-request.ts';
import { requestFacts } from '../../domain/restore/requests/request-facts.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer } from '../answer/make-answer.ts';
import { loadNames, type Names, usersById } from '../words/names.ts';
import { MAX_USERS } from './most-users.ts';

/** As many as one looks through. */
const MAX_CHOICES = 8;

/** "Move Lee from E3 to E5": what one call would write, for the card that asks first. A side that is not said is asked for. */
export async function swapLicenses(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, now } = deps;
  if (query.people.length > MAX_USERS) {
    return makeAnswer(
      'swap',
      `I change licenses of at most ${MAX_USERS} users in one request. Use a group for more.`,
    );
  }
  const users = [...(await usersById(store, query.people)).values()];
  const names = await loadNames(store);
  const next = users.slice(0, 1).map(({ state }) => `licenses of ${state.userPrincipalName}`);
  const held = heldBy(users);
  const { from, to } = sidesOf(query, held);
  if (to.length === 0) {
    const tenant = await store.users.tenant();
    const others = tenant.skus.map(({ skuId }) => skuId).filter((skuId) => !from.includes(skuId));
    return which('To which product?', from, others, users, names, next);
  }
  if (from.length === 0) {
    const others = [...held.direct].filter((skuId) => !to.includes(skuId));
    return others.length === 0
      ? makeAnswer('swap', `${whoHas(users)} no direct license to swap.`, { next })
      : which('From which product?', others, to, users, names, next);
  }
  if (from.length > 1 || to.length > 1) return which('Which products?', from, to, users, names, next);
  const request: LicenseRequest = { kind: 'swap', userIds: query.people, skuIds: [...from, ...to] };
  const { view, deadlines } = planOnRequest(
    request,
    requestFacts({ users, tenant: await store.users.tenant(), openSteps: [], now }),
  );
  return makeAnswer('swap', view.sentence, {
    next,
    request: view.ready === 0 ? null : { kind: 'change-licenses', request, plan: view, deadlines },
  });
}

type Held = { any: ReadonlySet<string>; direct: ReadonlySet<string> };

function heldBy(users: readonly StoredUser[]): Held {
  const all = users.flatMap(({ state }) => state.assignments.filter(gives));
  return {
    any: new Set(all.map(({ skuId }) => skuId)),
    direct: new Set(all.filter(({ path }) => path === DIRECT).map(({ skuId }) => skuId)),
  };
}

/** "E3" means every E3 of the tenant: only one that somebody holds can go, and one that they all hold need not come. */
function sidesOf({ from = [], to = [], skus }: Query, { any }: Held): { from: string[]; to: string[] } {
  const goes = from.length > 0 || to.length > 0 ? from : [];
  const comes = from.length > 0 || to.length > 0 ? to : skus;
  const heldOnes = goes.filter((skuId) => any.has(skuId));
  const left = heldOnes.length > 0 ? heldOnes : goes.slice(0, 1);
  const fresh = comes.filter((skuId) => !left.includes(skuId));
  const notHeld = fresh.filter((skuId) => !any.has(skuId));
  return { from: left, to: notHeld.length > 0 ? notHeld : fresh };
}

/** Offers each pair as a sentence that leaves nothing open. */
function which(
  lead: string,
  from: readonly string[],
  to: readonly string[],
  users: readonly StoredUser[],
  { product }: Names,
  next: string[],
): Answer {
  const subjects = users.map(({ state }) => state.userPrincipalName).join(' and ');
  const pairs = from.flatMap((old) => to.filter((skuId) => skuId !== old).map((skuId) => ({ old, skuId })));
  return makeAnswer('swap', lead, {
    blocks: [
      {
        kind: 'choices',
        choices: pairs.slice(0, MAX_CHOICES).map(({ old, skuId }) => ({
          label: `${product(old)} to ${product(skuId)}`,
          detail: listed(users.map(({ state }) => state.displayName)),
          ask: `move ${subjects} from ${product(old)} to ${product(skuId)}`,
        })),
      },
    ],
    next,
  });
}

const whoHas = (users: readonly StoredUser[]): string => {
  const [only] = users;
  return only && users.length === 1 ? `${only.state.displayName} has` : 'They have';
};
