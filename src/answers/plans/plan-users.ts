import { listed } from '../../domain/english.ts';
import { heldPlans, standingOf } from '../../domain/license/held-plans.ts';
import { compareNames } from '../../domain/license/user-filter.ts';
import { count, numeral } from '../../domain/numerals.ts';
import { firstInOrder } from '../../event-loop/in-slices.ts';
import type { PlanState, Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, text } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { createKept } from '../scope/kept.ts';
import { stateRead } from '../words/completeness.ts';
import { usersById } from '../words/names.ts';
import { onlyThese, type PlanFacts, takesInAssignment } from './plan-facts.ts';
import { comesWith } from './plans-of-people.ts';

type Named = { id: string; name: string };
/** `without`: switched off, or in none of their licenses. */
type Asked = PlanState | 'without';
/** By name. With no service named, `off` are those who have any plan switched off. */
type Found = Record<Asked, Named[]>;

/** More is found again each time. */
const MAX_KEPT = 50_000;
const kept = createKept<Found>(({ on, without }) => on.length + without.length <= MAX_KEPT);

/** "Who has Exchange off", "who has Teams", "who does not have Teams", "users with partially disabled E5". */
export async function planUsers(query: Query, deps: AnswerDeps, facts: PlanFacts): Promise<Answer> {
  const { store } = deps;
  const { services } = facts;
  const isLacking = query.holding === 'none' && query.planState === undefined && services.length > 0;
  const state: Asked = isLacking ? 'without' : (query.planState ?? (services.length > 0 ? 'on' : 'off'));
  const wanted = wantedPlans(query, facts);
  const service =
    listed(
      services.map(({ name }) => name),
      'or',
    ) || 'a service plan';
  if (wanted.size === 0) {
    return makeAnswer('plans', `No product of this tenant contains ${service}.`, {
      completeUntil: await stateRead(store, deps),
      next: ['free seats'],
    });
  }
  const { plans, skus, groups } = query;
  const found = await kept.of(store, [plans, skus, groups], () => search(query, deps, facts, wanted));
  const { shown, rest } = pageOf(found[state], query, deps);
  const users = await usersById(
    store,
    shown.map(({ id }) => id),
  );
  const takesIn = takesInAssignment(query);
  const rows = shown.flatMap(({ id }) => {
    const user = users.get(id)?.state;
    if (!user) return [];
    const held = heldPlans(user, wanted, takesIn).filter(({ on }) => on === (state === 'on'));
    const what =
      services.length > 0
        ? held.map((one) => comesWith(one, facts))
        : held.map(({ planId }) => facts.planNames.name(planId));
    const where = listed([...new Set(what)]) || (state === 'without' ? 'no license has it' : '');
    return [[user.displayName, user.userPrincipalName, where]];
  });
  const [first] = shown;
  const upn = first && users.get(first.id)?.state.userPrincipalName;
  return makeAnswer('plans', leadOf(found, state, service, query, facts), {
    blocks: [
      ...text(services.length > 0 ? contained(wanted, service, facts) : null),
      ...pageTable(['User', 'Sign-in name', HEADING[services.length > 0 ? state : 'any']], rows),
    ],
    completeUntil: await stateRead(store, deps),
    next: [
      ...(services[0] && query.skus.length === 0
        ? [state === 'on' ? `who has ${services[0].name} off` : `who has ${services[0].name} on`]
        : []),
      ...(upn === undefined ? [] : [`service plans of ${upn}`]),
    ],
    ...rest,
  });
}

const HEADING: Readonly<Record<Asked | 'any', string>> = {
  on: 'On in',
  off: 'Off in',
  without: 'Switched off in',
  any: 'Off',
};

/** The plans that count, of the products that count. */
export function wantedPlans(
  { skus }: Pick<Query, 'skus'>,
  { bySku, services }: PlanFacts,
): Map<string, readonly string[]> {
  const all =
    services.length === 0
      ? bySku
      : onlyThese(bySku, new Set(services.flatMap(({ planIds }) => [...planIds])));
  return new Map([...all].filter(([skuId]) => skus.length === 0 || skus.includes(skuId)));
}

/** Looks at everybody that the asker may see. */
async function search(
  query: Query,
  { store }: AnswerDeps,
  { services }: PlanFacts,
  wanted: ReadonlyMap<string, readonly string[]>,
): Promise<Found> {
  const found: Found = { on: [], off: [], without: [] };
  const takesIn = takesInAssignment(query);
  for await (const chunk of store.users.all()) {
    for (const { state, removedAt } of chunk) {
      if (removedAt !== null) continue;
      const held = heldPlans(state, wanted, takesIn);
      const standing = services.length > 0 ? standingOf(held) : held.some(({ on }) => !on) ? 'off' : 'none';
      const named = { id: state.id, name: state.displayName };
      if (standing !== 'none') found[standing].push(named);
      if (standing !== 'on') found.without.push(named);
    }
  }
  const byName = (some: Named[]) => firstInOrder(some, (a, b) => compareNames(a.name, b.name));
  const [on, off, without] = [await byName(found.on), await byName(found.off), await byName(found.without)];
  return { on, off, without };
}

function leadOf(
  found: Found,
  state: Asked,
  service: string,
  query: Query,
  { names, services }: PlanFacts,
): string {
  const there = [
    query.skus.length > 0 ? `in ${listed(query.skus.map(names.product), 'or')}` : '',
    query.groups.length > 0 ? `through ${listed(query.groups.map(names.group), 'or')}` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
  const where = there === '' ? '' : ` ${there}`;
  const { length } = found[state];
  if (state === 'without') return lackingText(length, found.off.length, `${service}${where}`);
  const others = found[state === 'on' ? 'off' : 'on'].length;
  const who = length === 0 ? 'Nobody has' : count(length, 'user has', 'users have');
  if (state === 'off') return `${who} ${service} switched off${where}.`;
  const more =
    services.length > 0 && others > 0
      ? `; ${numeral(others)} more ${others === 1 ? 'has' : 'have'} it switched off`
      : '';
  return `${who} ${service}${where}${more}.`;
}

/** "11 users do not have Teams: 1 has it switched off." */
function lackingText(lacking: number, off: number, what: string): string {
  if (lacking === 0) return `Everybody has ${what}.`;
  const switchedOff =
    off === 0 ? '' : `; ${numeral(off)} of them ${off === 1 ? 'has' : 'have'} it switched off`;
  return `${count(lacking, 'user does', 'users do')} not have ${what}${switchedOff}.`;
}

/** Which products contain what was asked about. */
const contained = (wanted: ReadonlyMap<string, unknown>, service: string, { names }: PlanFacts): string =>
  `${service} comes with ${listed([...wanted.keys()].map(names.product))}.`;
