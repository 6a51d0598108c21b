import type { LicenseGrant } from '../../license/license-grant.ts';
import { gives, heldSkus, type UserState } from '../../license/user-state.ts';
import { count, numeral, plural } from '../../numerals.ts';
import { blocksOf } from '../blocks.ts';
import { remedyProblem } from '../check-remedies.ts';
import { SeatPool } from '../checks/seats.ts';
import { subscriptionCheck } from '../checks/subscription.ts';
import { reachDigest } from '../plan-digest.ts';
import type { PlanLine } from '../plan-view-types.ts';
import type { PlannedStep } from '../step.ts';
import { licensesInWords } from '../step-words.ts';
import { type Survey, surveyOf } from '../survey.ts';
import { whyNotLicenses } from './group-refusal.ts';
import { joining, waysOf } from './plan-membership.ts';
import { removalDeadlines } from './removal-deadlines.ts';
import type { RequestFacts } from './request-facts.ts';
import type { GroupLicenseKind } from './request-kind.ts';
import { type RequestPlan, refusedPlan } from './request-sentence.ts';

type GroupRequest = {
  kind: GroupLicenseKind;
  groupId: string;
  skuIds: readonly string[];
  /** Service plans that the group is to give no one. */
  planIds?: readonly string[];
};

/** More members than this are a task for the admin center: each of them is read again afterwards. */
const MAX_MEMBERS = 10_000;

/**
 * Plans a product that a group gives, or gives no more, for everybody who is in it directly: how many that touches, who
 * has the product by another way, and whether the seats reach for those who lack it. Where they do not, nothing is
 * planned: Microsoft would choose by itself who goes without.
 */
export function planGroupLicense(request: GroupRequest, facts: RequestFacts): RequestPlan {
  const { kind, groupId, skuIds } = request;
  const name = facts.groupName(groupId);
  const [skuId = ''] = skuIds;
  const product = facts.productName(skuId);
  const isGiven = kind === 'license-group';
  const refusal = whyNotLicenses(kind, facts);
  const deed = isGiven
    ? `assign ${product} to the group ${name}`
    : `remove ${product} from the group ${name}`;
  const cannot = (why: string): RequestPlan => refusedPlan(`I cannot ${deed}: ${why}`);
  if (refusal) return cannot(`${refusal.reason} ${refusal.wayOut}`);
  const members = facts.group?.userIds ?? [];
  if (members.length > MAX_MEMBERS) {
    return cannot(
      `${count(members.length, 'user')} are in it, and I change groups of at most ${numeral(MAX_MEMBERS)}. Use the Microsoft 365 admin center.`,
    );
  }
  const now = facts.group?.group.assignedLicenses.find((license) => license.skuId === skuId);
  if (isGiven === (now !== undefined)) {
    return refusedPlan(
      `Nothing to do: ${name} ${isGiven ? 'gives' : 'does not give'} ${product}${isGiven ? ' already' : ''}.`,
    );
  }
  return now === undefined ? planGiving(request, skuId, facts, cannot) : planTaking(request, now, facts);
}

function planGiving(
  { groupId, planIds = [] }: GroupRequest,
  skuId: string,
  facts: RequestFacts,
  cannot: (why: string) => RequestPlan,
): RequestPlan {
  const name = facts.groupName(groupId);
  const product = facts.productName(skuId);
  const ended = subscriptionCheck(facts.tenant)(skuId);
  if (ended === 'not-owned') return cannot(`The tenant does not own ${product}. Buy it first.`);
  if (ended) return cannot(`The subscription of ${product} has ended. Renew it, then try again.`);
  const grant: LicenseGrant = { skuId, disabledPlans: planIds.toSorted() };
  const userIds = facts.group?.userIds ?? [];
  const survey = surveyOf({ ...facts, changes: [], removedAt: new Map() });
  const lines = userIds.map((userId) => lineOf(userId, grant, groupId, survey, facts));
  const isBlocked = new Set(lines.flatMap((line) => (line.blocked.length > 0 ? [line.userId] : [])));
  const lacking = userIds.filter((userId) => lacksIt(userId, skuId, facts));
  const able = lacking.filter((userId) => !isBlocked.has(userId));
  const short = new SeatPool(facts.tenant.skus).claimForAll(able, skuId);
  if (short) {
    const missing = short.needs - short.free;
    return cannot(
      `${count(short.needs, 'member')} of ${numeral(userIds.length)} ${plural(short.needs, 'lacks', 'lack')} it, and ${short.free === 0 ? 'no seat is' : `only ${count(short.free, 'seat is', 'seats are')}`} free: Microsoft would choose who goes without. Buy ${count(missing, 'seat')} of ${product} or free ${missing === 1 ? 'one' : 'some'}.`,
    );
  }
  const steps: PlannedStep[] = [
    {
      action: { kind: 'license-group', groupId, licenses: [grant] },
      undo: { kind: 'unlicense-group', groupId, skuIds: [skuId] },
      userIds: [...userIds],
    },
  ];
  const has = userIds.length - lacking.length;
  const blocked = lacking.length - able.length;
  const given = licensesInWords([grant], { ...facts, groups: facts.tenant.groups });
  const sentence = [
    `${name} gives ${membersInWords(userIds.length, 'in it directly')} ${given}:`,
    `${shares([
      [able.length, (many) => `${many} ${plural(able.length, 'gets', 'get')} it`],
      [has, (many) => `${many} ${plural(has, 'has', 'have')} it already`],
      [blocked, (many) => `${many} would be in error`],
    ])}.`,
    ...nestedInWords(facts),
  ].join(' ');
  return planOf(steps, lines, sentence, facts);
}

function planTaking({ groupId }: GroupRequest, now: LicenseGrant, facts: RequestFacts): RequestPlan {
  const { skuId } = now;
  const name = facts.groupName(groupId);
  const product = facts.productName(skuId);
  const userIds = facts.group?.userIds ?? [];
  const steps: PlannedStep[] = [
    {
      action: { kind: 'unlicense-group', groupId, skuIds: [skuId] },
      undo: { kind: 'license-group', groupId, licenses: [{ ...now }] },
      userIds: [...userIds],
    },
  ];
  const lines: PlanLine[] = [];
  let loses = 0;
  let keeps = 0;
  for (const userId of userIds) {
    const state = facts.present.get(userId);
    const ways = state ? waysOf(state, skuId, groupId, facts) : '';
    const has = state?.assignments.some((one) => one.skuId === skuId && one.path === groupId && gives(one));
    if (ways !== '') keeps++;
    else if (has || !state) loses++;
    const does =
      ways !== ''
        ? `Keeps ${product}, ${ways}`
        : has || !state
          ? `Loses ${product}`
          : `Has no ${product}, so nothing changes`;
    lines.push({ userId, name: state ? facts.nameOf(userId) : UNREAD, does: [does], blocked: [] });
  }
  const sentence = [
    `${name} no longer gives ${membersInWords(userIds.length, 'in it')} ${product}:`,
    `${shares([
      [loses, (many) => `${many} ${plural(loses, 'loses', 'lose')} it`],
      [keeps, (many) => `${many} ${plural(keeps, 'keeps', 'keep')} it by another way`],
    ])}.`,
  ].join(' ');
  return planOf(steps, lines, sentence, facts);
}

const UNREAD = 'A user not read yet';

const membersInWords = (many: number, where: string): string =>
  many === 0
    ? 'everybody who joins it'
    : `the ${count(many, 'user')} who ${plural(many, 'is', 'are')} ${where}`;

/** "9 get it, 3 have it already"; of nobody, that nothing changes now. */
function shares(parts: readonly (readonly [many: number, inWords: (many: string) => string])[]): string {
  const told = parts.flatMap(([many, inWords]) => (many > 0 ? [inWords(numeral(many))] : []));
  return told.length > 0 ? told.join(', ') : 'nobody’s licenses change now';
}

function nestedInWords({ group }: RequestFacts): string[] {
  const nested = group?.nested ?? 0;
  return nested === 0
    ? []
    : [
        `${count(nested, 'group')} in it ${plural(nested, 'gets', 'get')} nothing: Microsoft does not license nested groups.`,
      ];
}

function planOf(
  steps: PlannedStep[],
  lines: readonly PlanLine[],
  sentence: string,
  facts: RequestFacts,
): RequestPlan {
  return {
    steps,
    view: {
      digest: reachDigest(steps),
      sentence,
      lines: [...lines],
      // An empty group is changed for those who come.
      ready: Math.max(1, steps.flatMap(({ userIds }) => userIds).length),
      blocked: lines.filter(({ blocked }) => blocked.length > 0).length,
      direct: false,
    },
    deadlines: removalDeadlines(steps, facts, facts.now),
  };
}

/** Somebody who was not read yet has nothing, as far as anybody knows. */
const lacksIt = (userId: string, skuId: string, { present }: RequestFacts): boolean => {
  const state = present.get(userId);
  return state === undefined || !heldSkus(state).has(skuId);
};

/** What a member gets, has already, or why Microsoft would put their license in error. */
function lineOf(
  userId: string,
  grant: LicenseGrant,
  groupId: string,
  survey: Survey,
  facts: RequestFacts,
): PlanLine {
  const { skuId } = grant;
  const state = facts.present.get(userId);
  const line = { userId, name: state ? facts.nameOf(userId) : UNREAD };
  const product = facts.productName(skuId);
  if (!state) return { ...line, does: [`Gets ${product}`], blocked: [] };
  const ways = waysOf(state, skuId, groupId, facts);
  if (ways !== '') return { ...line, does: [`Has ${product} already, ${ways}`], blocked: [] };
  const blocked = troubleOf(state, grant, groupId, survey);
  return { ...line, does: blocked.length > 0 ? [] : [`Gets ${product}`], blocked };
}

function troubleOf(
  state: UserState,
  grant: LicenseGrant,
  groupId: string,
  survey: Survey,
): PlanLine['blocked'] {
  const { draft, remedy } = joining(state, groupId, [grant]);
  const found = remedyProblem(draft, remedy, survey);
  const plans = survey.plans.troubleOf(draft.stays, [[grant]]);
  const problem = found ?? (plans && { ...plans.trouble, skuIds: [grant.skuId] });
  if (!problem) return [];
  return blocksOf([problem], survey.facts, () => 0).map(({ reason, wayOut }) => ({ reason, wayOut }));
}
