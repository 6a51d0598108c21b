import { listed } from '../../domain/english.ts';
import { type LicenseRequest, planOnRequest } from '../../domain/restore/requests/on-request.ts';
import { requestFacts } from '../../domain/restore/requests/request-facts.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer } from '../answer/make-answer.ts';
import { usersById } from '../words/names.ts';
import type { PlanFacts } from './plan-facts.ts';
import { wantedPlans } from './plan-users.ts';

/** As many as a card can carry. */
const MAX_USERS = 50;

/** "Turn off Sway for Lee": what would be written, for the card that asks first. */
export async function switchPlans(query: Query, deps: AnswerDeps, facts: PlanFacts): Promise<Answer> {
  const { store, now } = deps;
  const { services, tenant } = facts;
  const service = listed(services.map(({ name }) => name));
  const state = query.planTurn ?? 'off';
  if (query.people.length === 0) {
    return makeAnswer(
      'plans',
      `Switch ${service} ${state} for who? Name them, at most ${MAX_USERS} at a time.`,
      {
        next: [`who has ${services[0]?.name} ${state === 'off' ? 'on' : 'off'}`],
      },
    );
  }
  if (query.people.length > MAX_USERS) {
    return makeAnswer(
      'plans',
      `I change licenses of at most ${MAX_USERS} users in one request. Use a group for more.`,
    );
  }
  const wanted = wantedPlans(query, facts);
  if (wanted.size === 0) return makeAnswer('plans', `No product of this tenant contains ${service}.`);
  const users = [...(await usersById(store, query.people)).values()];
  const held = new Set(users.flatMap((user) => user.state.assignments.map(({ skuId }) => skuId)));
  const ofThem = [...wanted.keys()].filter((skuId) => held.has(skuId));
  const request: LicenseRequest = {
    kind: state === 'on' ? 'turn-on' : 'turn-off',
    userIds: query.people,
    skuIds: (ofThem.length > 0 ? ofThem : [...wanted.keys()]).slice(0, 10),
    planIds: [
      ...new Set([...wanted].flatMap(([skuId, plans]) => (ofThem.includes(skuId) ? plans : []))),
    ].slice(0, 40),
  };
  const { view, deadlines } = planOnRequest(request, requestFacts({ users, tenant, openSteps: [], now }));
  return makeAnswer('plans', view.sentence, {
    next: users.slice(0, 1).map((user) => `service plans of ${user.state.userPrincipalName}`),
    request: view.ready === 0 ? null : { kind: 'change-licenses', request, plan: view, deadlines },
  });
}
