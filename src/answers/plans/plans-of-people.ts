import { listed } from '../../domain/english.ts';
import { type HeldPlan, heldPlans, standingOf } from '../../domain/license/held-plans.ts';
import { gives } from '../../domain/license/user-state.ts';
import { count } from '../../domain/numerals.ts';
import type { StoredUser } from '../../domain/ports.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, text } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { stateRead } from '../words/completeness.ts';
import { usersById } from '../words/names.ts';
import { onlyThese, type PlanFacts, takesInAssignment } from './plan-facts.ts';
import { switchedOffText } from './switched-off.ts';

/** "Does Rick have Teams", "which plans of Lee are off", "service plans of Lee": plan by plan, product and path. */
export async function plansOfPeople(query: Query, deps: AnswerDeps, facts: PlanFacts): Promise<Answer> {
  const { store } = deps;
  const users = [...(await usersById(store, query.people)).values()];
  const { services } = facts;
  const wanted =
    services.length === 0
      ? facts.bySku
      : onlyThese(facts.bySku, new Set(services.flatMap(({ planIds }) => [...planIds])));
  const takesIn = takesInAssignment(query);
  const held = users.map((user) => ({ user, plans: heldPlans(user.state, wanted, takesIn) }));
  const state = services.length === 0 ? query.planState : undefined;
  const rows = held
    .flatMap(({ user, plans }) => plans.map((plan) => ({ user, plan })))
    .filter(({ plan }) => state === undefined || plan.on === (state === 'on'))
    .toSorted((a, b) => Number(a.plan.on) - Number(b.plan.on));
  const { shown, rest } = pageOf(rows, query, deps);
  const several = users.length > 1;
  const lead = held.flatMap(({ user, plans }) =>
    services.length === 0
      ? [counted(user, plans, query)]
      : services.map((service) => yesOrNo(user, service, plans, query, facts)),
  );
  const why = await switchedOffText(
    held.flatMap(({ user, plans }) => plans.filter(({ on }) => !on).map((plan) => ({ user, plan }))),
    deps,
    facts,
    services.length > 0,
  );
  const [first] = users;
  const [off] = services.length > 0 ? rows.filter(({ plan }) => !plan.on) : [];
  return makeAnswer('plans', lead.join(' '), {
    blocks: [
      ...text(why),
      ...pageTable(
        [...(several ? ['User'] : []), 'Service plan', 'State', 'Comes with'],
        shown.map(({ user, plan }) => [
          ...(several ? [user.state.displayName] : []),
          facts.planNames.name(plan.planId),
          plan.on ? 'on' : 'off',
          comesWith(plan, facts),
        ]),
      ),
    ],
    completeUntil: await stateRead(store, deps),
    next: first
      ? [
          ...(off && services[0]
            ? [`turn on ${services[0].name} for ${off.user.state.userPrincipalName}`]
            : []),
          ...(services.length > 0 ? [`service plans of ${first.state.userPrincipalName}`] : []),
          `licenses of ${first.state.userPrincipalName}`,
        ]
      : [],
    ...rest,
  });
}

/** "Microsoft 365 E3 (directly)" */
export const comesWith = ({ skuId, path }: Pick<HeldPlan, 'skuId' | 'path'>, { names }: PlanFacts): string =>
  `${names.product(skuId)} (${names.path(path)})`;

function counted({ state, removedAt }: StoredUser, plans: readonly HeldPlan[], { planState }: Query): string {
  const { displayName } = state;
  const verb = removedAt === null ? 'has' : 'had, when the account was deleted,';
  if (plans.length === 0) return `${displayName} ${verb} no license with a service plan.`;
  const byPlan = [...Map.groupBy(plans, ({ planId }) => planId).values()];
  const on = byPlan.filter((same) => standingOf(same) === 'on').length;
  const off = plans.filter((plan) => !plan.on).length;
  if (planState === 'off') {
    return off === 0
      ? `${displayName} ${verb} no service plan switched off.`
      : `${displayName} ${verb} ${count(off, 'service plan')} switched off.`;
  }
  return `${displayName} ${verb} ${count(on, 'service plan')}${off === 0 ? '' : `; ${count(off, 'is', 'are')} switched off`}.`;
}

/** Yes or no first, to the question that was asked: whether it is there, or whether it is off. */
function yesOrNo(
  { state, removedAt }: StoredUser,
  { name, planIds }: PlanFacts['services'][number],
  all: readonly HeldPlan[],
  { planState }: Query,
  facts: PlanFacts,
): string {
  const who = state.displayName;
  const has = removedAt === null ? 'has' : 'had, when the account was deleted,';
  const held = all.filter(({ planId }) => planIds.has(planId));
  const by = (on: boolean): string =>
    listed([...new Set(held.filter((one) => one.on === on).map((one) => comesWith(one, facts)))]);
  const asksOff = planState === 'off';
  switch (standingOf(held)) {
    case 'on': {
      const partly = held.some(({ on }) => !on) ? `; it is off in ${by(false)}` : '';
      return `${asksOff ? 'No' : 'Yes'}, ${who} ${has} ${name}: ${by(true)}${partly}.`;
    }
    case 'off':
      return asksOff
        ? `Yes, ${name} is switched off for ${who} in ${by(false)}.`
        : `No, ${name} is switched off for ${who} in ${by(false)}.`;
    case 'none':
      return `No, ${asksOff ? 'it is not switched off, but ' : ''}${who} does not have ${name}: ${missing(state, planIds, name, facts)}.`;
  }
}

/** Why somebody has none of a service's plans: what would give it is in error, or nothing contains it. */
function missing(
  { assignments }: StoredUser['state'],
  planIds: ReadonlySet<string>,
  name: string,
  facts: PlanFacts,
): string {
  const contains = (skuId: string): boolean =>
    (facts.bySku.get(skuId) ?? []).some((planId) => planIds.has(planId));
  const failed = assignments.find((one) => !gives(one) && contains(one.skuId));
  if (failed) return `${comesWith(failed, facts)} would give it and is in error`;
  if (planIds.size === 0) return `no product of this tenant contains ${name}`;
  return assignments.some(gives) ? 'none of their licenses contains it' : 'they have no license';
}
