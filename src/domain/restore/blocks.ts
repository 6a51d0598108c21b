import { capitalised, listed } from '../english.ts';
import { count, numeral, plural } from '../numerals.ts';
import { perZone } from '../time-formats.ts';
import type { Problem } from './checks/problem.ts';
import type { Block, RestoreFacts } from './plan-types.ts';

/**
 * What stands in the way of one user, with its way out, in sentences. The same reason for several products is
 * told once.
 * @param short how many seats of a product are missing over the whole plan
 */
export function blocksOf(
  problems: readonly Problem[],
  facts: Pick<RestoreFacts, 'tenant' | 'productName' | 'servicePlanName'>,
  short: (skuId: string) => number,
): Block[] {
  const merged = new Map<string, Problem>();
  for (const problem of problems) {
    const key = JSON.stringify({ ...problem, skuIds: null });
    const same = merged.get(key);
    const skuIds = [...new Set([...(same?.skuIds ?? []), ...problem.skuIds])].sort();
    merged.set(key, { ...problem, skuIds });
  }
  return [...merged.values()].map((problem) => ({
    code: problem.code,
    skuIds: problem.skuIds,
    ...sentences(problem, facts, short),
  }));
}

type Sentences = Pick<Block, 'reason' | 'wayOut'>;

function sentences(
  problem: Problem,
  { tenant, productName, servicePlanName }: Pick<RestoreFacts, 'tenant' | 'productName' | 'servicePlanName'>,
  short: (skuId: string) => number,
): Sentences {
  const products = listed(problem.skuIds.map((id) => productName(id)));
  const group = (id: string): string => {
    const name = tenant.groups.find((one) => one.id === id)?.displayName;
    return name ? `the group ${name}` : 'the group';
  };
  switch (problem.code) {
    case 'no-seats':
      return noSeats(problem, productName(problem.short), group, short(problem.short));
    case 'usage-location':
      return usageLocation(problem, products);
    case 'conflict':
      return {
        reason: `${servicePlanName(problem.servicePlanId)} in ${products} does not go with ${servicePlanName(problem.otherId)}, which the user has now.`,
        wayOut: `Switch ${servicePlanName(problem.otherId)} off for the user, then try again.`,
      };
    case 'dependency':
      return {
        reason: `${servicePlanName(problem.servicePlanId)} in ${products} needs ${listed(
          problem.needs.slice(0, 2).map((id) => servicePlanName(id)),
          'or',
        )}, which the user does not have.`,
        wayOut: 'Assign a license that contains it first.',
      };
    case 'subscription-ended':
      return {
        reason: `The subscription of ${productName(problem.of)} has ended.`,
        wayOut: 'Renew it, then try again.',
      };
    case 'not-owned':
      return {
        reason: `The tenant does not own ${productName(problem.of)} any more.`,
        wayOut: 'Buy it again, then try again.',
      };
    case 'account-gone':
      return accountGone(problem.until);
    case 'running':
      return {
        reason: 'What was decided for them before is still being carried out.',
        wayOut: 'Wait until that is done.',
      };
    default:
      return groupSentences(problem, group(problem.groupId), products);
  }
}

function noSeats(
  problem: Problem & { code: 'no-seats' },
  product: string,
  group: (id: string) => string,
  missing: number,
): Sentences {
  const wayOut =
    missing > 1
      ? `Buy ${numeral(missing)} seats of ${product} or free some.`
      : `Buy 1 seat of ${product} or free one.`;
  if (!problem.group) return { reason: `No seat of ${product} is free.`, wayOut };
  const { id, needs, free } = problem.group;
  const seats = count(needs, 'seat');
  const there = free === 0 ? 'none is' : `${numeral(free)} ${plural(free, 'is', 'are')}`;
  return {
    reason: `For all its members ${group(id)} needs ${seats} of ${product}, and ${there} free.`,
    wayOut,
  };
}

function usageLocation(problem: Problem & { code: 'usage-location' }, products: string): Sentences {
  const was = problem.was ? ` It was ${problem.was}.` : '';
  switch (problem.why) {
    case 'missing':
      return { reason: 'No usage location is set.', wayOut: `Set a usage location.${was}` };
    case 'unknown':
      return {
        reason: `The usage location ${problem.now} is no country.`,
        wayOut: `Set a valid usage location.${was}`,
      };
    case 'refused':
      return {
        reason: `Microsoft does not offer ${products} in the usage location ${problem.now}.`,
        wayOut: `Correct the usage location if it is wrong.${was}`,
      };
  }
}

const dayIn = perZone({ day: 'numeric', month: 'long', year: 'numeric' });

const accountGone = (until: number | null): Sentences =>
  until === null
    ? {
        reason: 'The account was deleted more than 30 days ago, so it is gone for good.',
        wayOut: 'Create a new account.',
      }
    : {
        reason: 'The account is deleted.',
        wayOut: `Restore it in Entra before ${dayIn('UTC').format(until)}, then try again.`,
      };

type GroupProblem = Extract<Problem, { groupId: string }>;

function groupSentences(problem: GroupProblem, group: string, products: string): Sentences {
  const Group = capitalised(group);
  switch (problem.code) {
    case 'group-dynamic':
      return {
        reason: `${Group} chooses its members by a rule.`,
        wayOut: 'Correct the user’s attributes or the rule.',
      };
    case 'group-synced':
      return { reason: `${Group} is managed on premises.`, wayOut: 'Change it there.' };
    case 'group-mail-enabled':
      return {
        reason: `${Group} is mail-enabled, and only Exchange can change its members.`,
        wayOut: 'Change it in the Exchange admin center.',
      };
    case 'group-role-assignable':
      return {
        reason: `${Group} can hold directory roles, and License Watch may not change its members.`,
        wayOut: 'Ask a Privileged Role Administrator to add the user.',
      };
    case 'group-gone':
      return {
        reason: `The group that gave ${products} is gone, or gives no license any more.`,
        wayOut: 'Add the user to another group that gives it.',
      };
    case 'group-stopped':
      return {
        reason: `${Group} no longer gives ${products}, and giving it again helps all ${numeral(problem.users)} users who lost it.`,
        wayOut: `Reassign for all ${numeral(problem.users)} users.`,
      };
    case 'group-plans':
      return {
        reason: `The service plans of ${products} were changed on ${group}.`,
        wayOut: 'Change them there.',
      };
  }
}
