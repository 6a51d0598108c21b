import { chatSetting, isGroupSetting } from '../../domain/settings/chat-settings.ts';
import type { SettingChange, SettingsAsked } from '../../domain/settings/setting-change.ts';
import { changesInWords } from '../../domain/settings/words.ts';
import type { GroupFacts } from '../answer/group-facts.ts';
import type { SettingFacts } from '../answer/setting-facts.ts';

export type Wanted = { key: string; to: string | null }[];

type Facts = { groups: Pick<GroupFacts, 'named'> | null; settings: SettingFacts };

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const THE_GROUP = /^(?:the |die |la |le |el |de |il |o )?(?:group|gruppe|grupo|groupe|groep|gruppo)\s+/iu;

/**
 * Who has a role, as people write it: a group by id or name, else directory roles by theirs.
 * @param name the setting of the group: `OWNER_GROUP_ID`
 * @returns the settings for it, or a sentence that says why it cannot be read
 */
export async function groupOrRoles(name: string, said: string, facts: Facts): Promise<Wanted | string> {
  if (ID.test(said)) return [{ key: name, to: said }];
  const called = said.replace(THE_GROUP, '');
  const [group, ...others] = (await facts.groups?.named([called])) ?? [];
  if (group && others.length === 0) return [{ key: name, to: group.id }];
  if (group) {
    return `There are several groups called “${called}”. Give the object id of the one you mean.`;
  }
  const key = name.replace('_GROUP_ID', '_ROLES');
  const wrong = facts.settings.refusal([{ key, from: null, to: said }]);
  const isRoles = chatSetting(key) !== null && (wrong === null || !wrong.includes(`Set ${key} to `));
  return isRoles
    ? [{ key, to: said }]
    : `I know no group called “${called}”, and no directory role. Give the object id of a group, or names of directory roles such as License Administrator.`;
}

/** What it takes that these, and nobody else, may decide; or why it cannot be. */
export async function rolesChosen(
  chosen: { owners: string; operators: string; readers: string },
  facts: Facts,
): Promise<
  | { kind: 'refused'; sentence: string }
  | { kind: 'asked'; asked: SettingsAsked; sentence: string; lead: string }
> {
  const said = [
    ['OWNER', chosen.owners],
    ['OPERATOR', chosen.operators],
    ['READER', chosen.readers],
  ] as const;
  const wanted: Wanted = [];
  for (const [role, text] of said) {
    const read = await groupOrRoles(`${role}_GROUP_ID`, text, facts);
    if (typeof read === 'string') return { kind: 'refused', sentence: read };
    const keys = [`${role}_GROUP_ID`, `${role}_ROLES`];
    wanted.push(...keys.map((key) => ({ key, to: read.find((one) => one.key === key)?.to ?? null })));
  }
  const before = await facts.settings.inChat(wanted.map(({ key }) => key));
  const changes = wanted
    .map(({ key, to }, index): SettingChange => ({ key, from: before[index] ?? null, to }))
    .filter(({ from, to }) => from !== to);
  if (changes.length === 0) return { kind: 'refused', sentence: 'It is set like that already.' };
  const wrong = facts.settings.refusal(changes);
  if (wrong !== null) return { kind: 'refused', sentence: wrong };
  const ids = changes.filter(({ key }) => isGroupSetting(key)).flatMap(({ to }) => to ?? []);
  return {
    kind: 'asked',
    asked: { kind: 'change', changes },
    sentence: changesInWords(changes, await facts.settings.groupNames(ids)),
    lead: 'These people, and nobody else, can then ask, decide and change settings.',
  };
}
