import { listed } from '../../domain/english.ts';
import type { LicensedGroup, TenantState } from '../../domain/license/sku.ts';
import { isInError } from '../../domain/license/user-filter.ts';
import { type Assignment, DIRECT, gives } from '../../domain/license/user-state.ts';
import { count, numeral } from '../../domain/numerals.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { facts, makeAnswer, pageTable, text } from '../answer/make-answer.ts';
import { pageOf, pageOfUsers } from '../answer/paging.ts';
import { errorText } from '../words/change-text.ts';
import { stateRead } from '../words/completeness.ts';
import { type Names, namesIn, usersById } from '../words/names.ts';
import { byProduct } from './directory.ts';

const KNOWN_BY =
  'I know who is in a group by the licenses that it gives; a group without licenses I do not read.';

/** Which groups give licenses, what one gives and who has it by that, and in which of them somebody is. */
export async function groups(query: Query, deps: AnswerDeps): Promise<Answer> {
  const completeUntil = await stateRead(deps.store, deps);
  if ((await deps.store.scans.lastWhole()) === null) {
    return makeAnswer('groups', 'I have not read the tenant completely yet, so I cannot say.', {
      completeUntil,
    });
  }
  const tenant = await deps.store.users.tenant();
  const answered =
    query.people.length > 0
      ? await groupsOfPeople(query, tenant, deps)
      : query.groups.length > 0
        ? await membersOf(query, tenant, deps)
        : await allGroups(query, tenant, deps);
  return { ...answered, completeUntil };
}

/** The groups that give a license, or one of the products that are named. */
async function allGroups({ skus, ...query }: Query, tenant: TenantState, deps: AnswerDeps): Promise<Answer> {
  const names = namesIn(tenant);
  const counts = new Map((await deps.store.users.groupCounts()).map((one) => [one.groupId, one]));
  const given = tenant.groups
    .filter(({ assignedLicenses }) =>
      assignedLicenses.some(({ skuId }) => skus.length === 0 || skus.includes(skuId)),
    )
    .toSorted((a, b) => a.displayName.localeCompare(b.displayName, 'en'));
  const what = skus.length > 0 ? listed(skus.map(names.product), 'or') : 'a license';
  const { shown, rest } = pageOf(given, { ...query, skus }, deps);
  const rows = shown.map((group) => {
    const { members = 0, inError = 0 } = counts.get(group.id) ?? {};
    return [
      group.displayName,
      givesText(group, names),
      numeral(members),
      inError === 0 ? '' : numeral(inError),
      kindOf(group),
    ];
  });
  const verb = given.length === 1 ? 'gives' : 'give';
  return makeAnswer(
    'groups',
    given.length === 0 ? `No group gives ${what}.` : `${count(given.length, 'group')} ${verb} ${what}.`,
    {
      blocks: pageTable(['Group', 'Gives', 'Users', 'In error', 'Kind'], rows),
      next: [
        ...shown.slice(0, 1).map(({ displayName }) => `who is in ${displayName}`),
        'license assignment errors',
        'duplicate licenses',
      ],
      ...rest,
    },
  );
}

/** What groups give, and a page of the people who have it by them. */
async function membersOf(query: Query, tenant: TenantState, deps: AnswerDeps): Promise<Answer> {
  const names = namesIn(tenant);
  const { groups: ids, skus } = query;
  const named = listed(ids.map(names.group), 'or');
  const { shown, total, rest } = await pageOfUsers(
    { kind: skus.length > 0 ? 'assigned' : 'everybody', skuIds: skus, groupIds: ids },
    query,
    deps,
  );
  const counts = (await deps.store.users.groupCounts()).filter(({ groupId }) => ids.includes(groupId));
  const inError = counts.reduce((sum, one) => sum + one.inError, 0);
  const rows = shown.map(({ state }) => {
    const byGroup = state.assignments.filter(({ path }) => ids.includes(path));
    return [state.displayName, stateOf(byGroup, names), state.userPrincipalName, state.department ?? ''];
  });
  const known = tenant.groups.filter(({ id }) => ids.includes(id));
  const verb = total === 1 ? 'has' : 'have';
  return makeAnswer(
    'groups',
    total === 0
      ? `Nobody has a license by ${named}.`
      : `${count(total, 'user')} ${verb} a license by ${named}.`,
    {
      blocks: [
        ...facts(
          Object.fromEntries(
            known.map((group) => [
              ids.length > 1 ? group.displayName : 'Gives',
              [givesText(group, names) || 'nothing now', kindOf(group)]
                .filter((part) => part !== '')
                .join('; '),
            ]),
          ),
        ),
        ...text(inError > 0 ? `${count(inError, 'user')} of them with an assignment in error.` : null),
        ...pageTable(['User', 'By the group', 'Sign-in name', 'Department'], rows),
        ...text(KNOWN_BY),
      ],
      next: [
        `licenses of ${ids.length === 1 ? named : 'everybody'}`,
        'which groups give licenses',
        'license assignment errors',
      ],
      ...rest,
    },
  );
}

/** In which groups people are, as far as licenses tell; "is Lee in LIC-E3" begins with yes or no. */
async function groupsOfPeople(query: Query, tenant: TenantState, deps: AnswerDeps): Promise<Answer> {
  const names = namesIn(tenant);
  const users = [...(await usersById(deps.store, query.people)).values()];
  const several = users.length > 1;
  const all = users.flatMap(({ state }) =>
    [...Map.groupBy(state.assignments, ({ path }) => path)]
      .filter(([path]) => path !== DIRECT && (query.groups.length === 0 || query.groups.includes(path)))
      .map(([path, given]) => ({ state, path, given })),
  );
  const { shown, rest } = pageOf(all, query, deps);
  const leads = users.map(({ state, removedAt }) => {
    const theirs = all.filter((one) => one.state.id === state.id).map(({ path }) => names.group(path));
    const { displayName } = state;
    if (removedAt !== null) return `${displayName} is a deleted account.`;
    if (query.groups.length === 0) {
      return theirs.length === 0
        ? `${displayName} has no license by a group.`
        : `${displayName} has licenses by ${listed(theirs)}.`;
    }
    const asked = listed(query.groups.map(names.group), 'or');
    return theirs.length === 0
      ? `No, ${displayName} has no license by ${asked}.`
      : `Yes, ${displayName} is in ${listed(theirs)}.`;
  });
  return makeAnswer(
    'groups',
    leads.join(' ') || 'Whose groups? Name a person, for example “which groups is Adele Vance in”.',
    {
      blocks: [
        ...pageTable(
          [...(several ? ['User'] : []), 'Group', 'Gives'],
          shown.map(({ state, path, given }) => [
            ...(several ? [state.displayName] : []),
            names.group(path),
            stateOf(given, names),
          ]),
        ),
        ...text(KNOWN_BY),
      ],
      next: users.slice(0, 1).map(({ state }) => `licenses of ${state.userPrincipalName}`),
      ...rest,
    },
  );
}

/** "Microsoft 365 E3 (Teams off), Visio Plan 2" */
export const givesText = ({ assignedLicenses }: LicensedGroup, names: Names): string =>
  assignedLicenses
    .map(({ skuId, disabledPlans }) => {
      const off = names.plans(disabledPlans);
      return off === '' ? names.product(skuId) : `${names.product(skuId)} (off: ${off})`;
    })
    .toSorted()
    .join(', ');

/** What decides who is in a group, where that is not somebody by hand. */
export function kindOf(group: LicensedGroup): string {
  const { dynamic, onPremisesSyncEnabled, roleAssignable } = group;
  return [
    ...(dynamic ? ['dynamic'] : []),
    ...(onPremisesSyncEnabled === true ? ['synced from on-premises'] : []),
    ...(roleAssignable ? ['role-assignable'] : []),
  ].join(', ');
}

function stateOf(assignments: readonly Assignment[], names: Names): string {
  return byProduct(assignments, names)
    .flatMap(([skuId, ways]) =>
      ways.map((way) => {
        if (!isInError(way) && gives(way)) return names.product(skuId);
        const why = way.error === null ? way.state.toLowerCase() : errorText(way.error);
        return `${names.product(skuId)} (${gives(way) ? 'with an error' : 'not given'}: ${why})`;
      }),
    )
    .join(', ');
}
