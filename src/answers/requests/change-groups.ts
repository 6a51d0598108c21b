import { listed } from '../../domain/english.ts';
import type { LicensedGroup } from '../../domain/license/sku.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer } from '../answer/make-answer.ts';
import { namesIn, usersById } from '../words/names.ts';

/**
 * "Put Lee into LIC-E3", "assign E3 to the group All Sales": refused, with what decides who is in the group and where
 * it is changed. Members are changed only where that gives back what was lost.
 */
export async function changeGroups(query: Query, deps: AnswerDeps): Promise<Answer> {
  const tenant = await deps.store.users.tenant();
  const names = namesIn(tenant);
  const users = [...(await usersById(deps.store, query.people)).values()];
  const people = listed(users.map(({ state }) => state.displayName));
  const products = listed(query.skus.map(names.product));
  const groups = listed(query.groups.map(names.group));
  const isAssign = query.intent === 'assign';
  const isOfMembers = query.people.length > 0;
  const deed = isOfMembers
    ? isAssign
      ? `put ${people} into ${groups}`
      : `take ${people} out of ${groups}`
    : isAssign
      ? `assign ${products || 'a license'} to the group ${groups}`
      : `remove ${products || 'a license'} from the group ${groups}`;
  const known = tenant.groups.filter(({ id }) => query.groups.includes(id));
  const where = isOfMembers ? known.map(whoDecides) : [LICENSES_AT];
  const why = isOfMembers
    ? 'I change who is in a group only to give back a license that was lost'
    : 'I assign licenses to people, not to groups';
  const reasons = [...new Set(where.length > 0 ? where : [MEMBERS_AT])].join(' ');
  return makeAnswer(query.intent, `I cannot ${deed}: ${why}. ${reasons}`, {
    next:
      query.groups.length === 1
        ? [`who is in ${groups}`, 'which groups give licenses']
        : ['which groups give licenses'],
  });
}

const MEMBERS_AT = 'Its members are changed in the Microsoft Entra admin center, under Groups.';
const LICENSES_AT =
  'Licenses of groups are changed in the Microsoft 365 admin center, under Billing, Licenses, Groups.';

/** What decides who is in a group, a sentence: https://learn.microsoft.com/entra/identity/role-based-access-control/groups-concept */
function whoDecides({
  displayName,
  dynamic,
  onPremisesSyncEnabled,
  roleAssignable,
  mailEnabled,
}: LicensedGroup): string {
  if (onPremisesSyncEnabled === true) {
    return `${displayName} is synced from on-premises: its members are changed in the directory there.`;
  }
  if (dynamic) return `${displayName} is dynamic: its rule decides who is in it.`;
  if (roleAssignable) {
    return `${displayName} is role-assignable: only its owners and Privileged Role Administrators change its members.`;
  }
  if (mailEnabled)
    return `${displayName} is mail-enabled: its members are changed in the Exchange admin center.`;
  return MEMBERS_AT;
}
