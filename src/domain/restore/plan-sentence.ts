import { capitalised } from '../english.ts';
import { count, numeral } from '../numerals.ts';
import { readyUsers, stepsOf } from './plan.ts';
import type { Block, RestorePlan } from './plan-types.ts';
import type { PlannedStep } from './step.ts';
import { givenBy, licensesInWords, type StepNames, setsServicePlans } from './step-words.ts';

/** More things than this are not told one by one. */
const MAX_THINGS = 3;

/**
 * A plan in a sentence or two: "4 users get Microsoft 365 E3 back directly, without Sway; 1 cannot: no seat of
 * Microsoft 365 E3 is free. Buy 1 seat of Microsoft 365 E3 or free one."
 */
export function planSentence(
  plan: RestorePlan,
  names: StepNames,
  nameOf: (userId: string) => string,
): string {
  const who = (userIds: readonly string[]): string =>
    userIds.length === 1 && userIds[0] !== undefined ? nameOf(userIds[0]) : count(userIds.length, 'user');
  const things = thingsOf(plan).map(({ step, userIds }) =>
    thing(step, who(userIds), userIds.length === 1, plan, names),
  );
  const told = things.slice(0, MAX_THINGS);
  if (things.length > told.length) told.push(`and ${numeral(things.length - told.length)} more`);

  const ready = readyUsers(plan);
  const blocked = plan.users.filter(({ blocks }) => blocks.length > 0);
  const cannot = blocked.filter(({ userId }) => !ready.has(userId));
  const partly = blocked.filter(({ userId }) => ready.has(userId));
  const why = (users: typeof blocked): string => reasonsOf(users.map(({ blocks }) => blocks));
  if (cannot.length > 0) {
    const subject =
      told.length > 0
        ? `${numeral(cannot.length)} cannot`
        : `${who(cannot.map(({ userId }) => userId))} cannot get it back`;
    told.push(`${subject}: ${why(cannot)}`);
  }
  if (partly.length > 0) told.push(`${numeral(partly.length)} not completely: ${why(partly)}`);
  if (told.length === 0) return 'Nothing is missing any more.';
  const text = told.join('; ');
  return `${capitalised(text)}${text.endsWith('.') ? '' : '.'}`;
}

/** Each thing that is done, with everybody for whom it is. */
function thingsOf(plan: RestorePlan): { step: PlannedStep; userIds: string[] }[] {
  const things = new Map<string, { step: PlannedStep; userIds: string[] }>();
  for (const step of stepsOf(plan)) {
    const key = JSON.stringify([{ ...step.action, userId: null }, setsServicePlans(step)]);
    const known = things.get(key) ?? { step, userIds: [] };
    things.set(key, known);
    known.userIds.push(...step.userIds);
  }
  return [...things.values()];
}

function thing(step: PlannedStep, who: string, one: boolean, { way }: RestorePlan, names: StepNames): string {
  const { action } = step;
  const get = `${who} ${one ? 'gets' : 'get'}`;
  switch (action.kind) {
    case 'assign':
      if (setsServicePlans(step))
        return `${get} service plans back as they were: ${licensesInWords(action.licenses, names)}`;
      return way === 'direct'
        ? `${get} ${licensesInWords(action.licenses, names, ' directly')}, which will not follow the group`
        : `${get} ${licensesInWords(action.licenses, names, ' back directly')}`;
    case 'add-to-group':
      return `${get} ${givenBy(action.groupId, names)} back through the group ${names.groupName(action.groupId)}`;
    case 'license-group':
      return `the group ${names.groupName(action.groupId)} gives ${licensesInWords(action.licenses, names)} again to ${who}`;
    case 'restore-account':
      return one ? `the account of ${who} is restored` : `the accounts of ${who} are restored`;
    default:
      return `Microsoft tries the group licenses of ${who} again`;
  }
}

/** One reason in full with its way out; of several just how many of each. */
function reasonsOf(blocks: readonly (readonly Block[])[]): string {
  const first = blocks[0]?.[0];
  const all = blocks.flat();
  if (!first) return '';
  if (all.every(({ reason }) => reason === first.reason))
    return `${lowerFirst(first.reason)} ${first.wayOut}`;
  const counts = new Map<string, number>();
  for (const mine of blocks) {
    for (const code of new Set(mine.map((block) => block.code)))
      counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts]
    .map(([code, number]) => `${IN_SHORT[code as Block['code']]} (${numeral(number)})`)
    .join(', ');
}

const lowerFirst = (sentence: string): string =>
  /^(The|What|No|For)\b/.test(sentence) ? `${sentence[0]?.toLowerCase()}${sentence.slice(1)}` : sentence;

const IN_SHORT: Record<Block['code'], string> = {
  'no-seats': 'no free seat',
  'usage-location': 'usage location',
  conflict: 'service plans in conflict',
  dependency: 'a service plan missing',
  'subscription-ended': 'subscription ended',
  'not-owned': 'product not owned any more',
  'group-dynamic': 'dynamic group',
  'group-synced': 'group managed on premises',
  'group-mail-enabled': 'mail-enabled group',
  'group-role-assignable': 'role-assignable group',
  'group-gone': 'group gone',
  'group-stopped': 'group no longer gives it',
  'group-plans': 'changed on the group',
  'account-gone': 'account deleted',
  running: 'something under way already',
};
