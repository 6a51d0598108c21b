import { type Access, isAtLeast, type Role } from '../../domain/access/access.ts';
import { capitalised, listed } from '../../domain/english.ts';
import { count, numeral, plural } from '../../domain/numerals.ts';
import type { Query, RightsAsked } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { facts, makeAnswer, table, text } from '../answer/make-answer.ts';
import type { Holders, RoleFacts, RoleSource } from '../answer/role-facts.ts';
import { usersById } from '../words/names.ts';

const MAX_NAMES = 5;
const MAX_PEOPLE = 10;
const NEXT = ['what may I do', 'help'];

/** What each role may do, as the roles add up. */
const MAY: Readonly<Record<Exclude<Role, 'none'>, string>> = {
  reader: 'ask, look at incidents, and export all that they may see',
  operator: 'also approve, reassign, undo, snooze, watch, assign, remove and scan',
  owner: 'also end and extend standing rules, and choose the channel for alerts',
};
const A: Readonly<Record<Role, string>> = {
  none: 'somebody without a role',
  reader: 'a reader',
  operator: 'an operator',
  owner: 'an owner',
};

/** Who may do what here and which setting says so; what the asker may; who holds a directory role of Microsoft's. */
export async function roles({ people, rights = {} }: Query, deps: AnswerDeps): Promise<Answer> {
  const known = deps.roles;
  if (known === null) {
    return makeAnswer(
      'roles',
      'Here I cannot know who has which role: I ask Microsoft Entra for that in Teams. Everybody who can read this database may read all of it.',
      { blocks: facts(rolesInWords()), next: ['help'] },
    );
  }
  if (rights.directoryRole !== undefined) return directoryRole(rights.directoryRole, people, known, deps);
  const others = people.filter((id) => id !== deps.asker);
  if (others.length > 0) return ofPeople(others, rights, known, deps);
  if (rights.mine || people.length > 0) return ofAsker(rights, known, deps);
  return ofEverybody(rights, known, deps);
}

const rolesInWords = (): Record<string, string> =>
  Object.fromEntries(Object.entries(MAY).map(([role, may]) => [capitalised(role), capitalised(may)]));

async function ofAsker(rights: RightsAsked, known: RoleFacts, deps: AnswerDeps): Promise<Answer> {
  if (deps.asker === null)
    return makeAnswer('roles', 'I do not know who you are in the tenant.', { next: ['help'] });
  const access = await known.accessOf(deps.asker);
  const by = await givenBy(deps.asker, known);
  return makeAnswer('roles', verdict('You are', 'you', access, rights), {
    blocks: [
      ...facts({
        Role: capitalised(access.role),
        'You see': peopleText(access.sees),
        'You act on': peopleText(access.acts),
        'Given by': known.unrestricted ? NO_SETTING : listed(by) || null,
      }),
      ...unread(access),
    ],
    next: ['who may do what here', 'help'],
  });
}

async function ofPeople(
  ids: readonly string[],
  rights: RightsAsked,
  known: RoleFacts,
  deps: AnswerDeps,
): Promise<Answer> {
  const users = [...(await usersById(deps.store, ids.slice(0, MAX_PEOPLE))).values()];
  const rows = await Promise.all(
    users.map(async ({ state }) => {
      const access = await known.accessOf(state.id);
      const by = await givenBy(state.id, known);
      return { name: state.displayName, access, by };
    }),
  );
  const [only] = rows;
  const lead =
    only && rows.length === 1
      ? verdict(`${only.name} is`, 'they', only.access, rights)
      : `${count(rows.length, 'person', 'people')}, each with their role here.`;
  return makeAnswer('roles', lead, {
    blocks: [
      ...table(
        ['Person', 'Role', 'Given by'],
        rows.map(({ name, access, by }) => [
          name,
          `${access.role}, acts on ${peopleText(access.acts)}`,
          known.unrestricted ? NO_SETTING : listed(by) || 'nothing',
        ]),
      ),
      ...rows.slice(0, 1).flatMap(({ access }) => unread(access)),
    ],
    next: NEXT,
  });
}

const NO_SETTING = 'no setting of roles: everybody of the tenant may ask, and nobody decides';

/** "Yes: you are an operator", where a deed was asked about; else what the role may do. */
function verdict(who: string, pronoun: string, { role }: Access, { for: needed }: RightsAsked): string {
  const is = `${who} ${A[role]}`;
  const say = is.charAt(0).toLowerCase() + is.slice(1);
  const lower = who === 'You are' ? say : is;
  if (needed !== undefined) {
    return isAtLeast(role, needed) ? `Yes: ${lower}.` : `No: that takes ${A[needed]}, and ${lower}.`;
  }
  if (role === 'none') return `${is}: ${pronoun} may do nothing here.`;
  const may = (['reader', 'operator', 'owner'] as const).filter((one) => isAtLeast(role, one));
  const deeds = may.map((one) => MAY[one].replace('they may see', `${pronoun} may see`)).join('; ');
  return `${is}: ${pronoun} may ${deeds}.`;
}

const peopleText = (scope: Access['sees']): string =>
  scope === null ? 'everybody' : scope.size === 0 ? 'nobody' : count(scope.size, 'user');

const unread = ({ unread: isUnread }: Access) =>
  text(isUnread ? 'Microsoft could not say all of it just now: there may be more than this.' : null);

/** The settings by which somebody has a role, the highest first. */
async function givenBy(userId: string, known: RoleFacts): Promise<string[]> {
  const sources = (await known.sources()).filter(({ holders }) => holders?.ids.includes(userId));
  return [...Map.groupBy(sources, ({ by }) => by)].map(
    ([by, given]) =>
      `${by} (${listed(given.map(({ role, over }) => `${role}${over === null ? '' : ` over ${over}`}`))})`,
  );
}

async function ofEverybody(rights: RightsAsked, known: RoleFacts, deps: AnswerDeps): Promise<Answer> {
  const wanted = rights.for;
  const lead = (sources: readonly RoleSource[], holders: string): string => {
    if (known.unrestricted)
      return 'Everybody of the tenant may ask here, and nobody may decide: no setting of roles is there.';
    if (wanted === undefined)
      return `${waysText(sources.length)} ${plural(sources.length, 'gives', 'give')} a role here.`;
    return `${capitalised(wanted)}s${wanted === 'owner' ? '' : ', or more'}: ${holders}.`;
  };
  const sources = (await known.sources()).filter(
    ({ role }) => wanted === undefined || isAtLeast(role, wanted),
  );
  const rows = await Promise.all(
    sources.map(async ({ role, by, over, setting, holders }) => [
      over === null ? capitalised(role) : `${capitalised(role)} over ${over}`,
      `${by} (${setting})`,
      await namesOf(holders, deps),
    ]),
  );
  return makeAnswer('roles', lead(sources, await namesOf(together(sources), deps)), {
    blocks: [
      ...table(['Role', 'By', 'Who'], rows),
      ...facts(rolesInWords()),
      ...text(
        known.unrestricted
          ? 'Set OPERATOR_GROUP_ID, OWNER_GROUP_ID and READER_GROUP_ID to give roles.'
          : null,
      ),
    ],
    next: NEXT,
  });
}

/** Everybody who holds one of these; null where Microsoft cannot say all of it now. */
function together(sources: readonly RoleSource[]): Holders | null {
  const known = sources.flatMap(({ holders }) => holders ?? []);
  if (known.length < sources.length) return null;
  return { ids: [...new Set(known.flatMap(({ ids }) => ids))], more: known.some(({ more }) => more) };
}

const waysText = (ways: number): string => (ways === 1 ? '1 setting' : `${numeral(ways)} settings`);

/** Names as far as the asker may see these people; the others are counted. */
async function namesOf(holders: Holders | null, deps: AnswerDeps): Promise<string> {
  if (holders === null) return 'Microsoft cannot say now';
  if (holders.more) return 'a group of more than a thousand';
  if (holders.ids.length === 0) return 'nobody';
  const users = [...(await usersById(deps.store, holders.ids)).values()];
  const names = users.map(({ state }) => state.displayName).toSorted();
  const shown = names.slice(0, MAX_NAMES);
  const others = holders.ids.length - shown.length;
  if (shown.length === 0) return count(others, 'account');
  return others === 0 ? listed(shown) : `${shown.join(', ')} and ${count(others, 'other')}`;
}

const HONEST =
  'This is who holds it now, for the whole tenant, directly or through a group. Who could activate it (Privileged Identity Management) I cannot see: look in the Entra admin center, Roles and administrators.';

async function directoryRole(
  name: string,
  people: readonly string[],
  known: RoleFacts,
  deps: AnswerDeps,
): Promise<Answer> {
  const holders = await known.holdersOf(name);
  if (holders === null) {
    return makeAnswer(
      'roles',
      `I cannot read who is ${name}: that takes the permission RoleManagement.Read.Directory, which Microsoft did not accept just now. The Entra admin center says it under Roles and administrators.`,
      { next: NEXT },
    );
  }
  const asked = [...(await usersById(deps.store, people)).values()];
  const [only] = asked;
  const isHolder = only !== undefined && holders.ids.includes(only.state.id);
  const lead =
    only && asked.length === 1
      ? isHolder
        ? `Yes: ${only.state.displayName} is ${name} of the tenant.`
        : `No: ${only.state.displayName} does not hold the role ${name} now.`
      : `${count(holders.ids.length, 'account')}${holders.more ? ' or more' : ''} ${holders.ids.length === 1 ? 'holds' : 'hold'} the role ${name}.`;
  return makeAnswer('roles', lead, {
    blocks: [
      ...(people.length > 0 ? [] : facts({ [name]: await namesOf({ ...holders, more: false }, deps) })),
      ...text(HONEST),
    ],
    next: NEXT,
  });
}
