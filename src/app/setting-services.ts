/** What the bot and its answers ask of the settings. */
import type { GroupFacts } from '../answers/answer/group-facts.ts';
import type { RoleFacts } from '../answers/answer/role-facts.ts';
import type { SettingFacts, SettingNow } from '../answers/answer/setting-facts.ts';
import { rolesChosen } from '../answers/settings/role-setting.ts';
import { setInEnvironment, settingProblems } from '../config/live.ts';
import type { Environment } from '../config/settings.ts';
import { VARIABLES } from '../config/variables.ts';
import type { Person } from '../domain/access/person.ts';
import type { AccessReader, Store } from '../domain/ports.ts';
import { CHAT_SETTINGS, chatSetting, productOf } from '../domain/settings/chat-settings.ts';
import { type SettingChange, settingsAfter } from '../domain/settings/setting-change.ts';
import { changesInWords } from '../domain/settings/words.ts';
import type { JobContext } from '../jobs/context.ts';
import { changeSettings, type SettingsJudge } from '../jobs/decisions/change-settings.ts';
import type { Scheduler } from '../jobs/running/schedule.ts';
import type { BotServices, DecidersChosen } from '../teams/services.ts';
import { founderOf } from './founder.ts';
import type { LiveSettings } from './live-settings.ts';

export type SettingParts = {
  live: LiveSettings;
  /** What the environment gives, without secrets. */
  given: Environment;
  store: Pick<Store, 'settings'>;
  jobs: JobContext;
  scheduler: Pick<Scheduler, 'wakeUp'>;
  roles: RoleFacts;
  groups: GroupFacts;
  /** Null where no directory is asked: then nobody is a founder. */
  directory: Pick<AccessReader, 'kindOf' | 'rolesOf' | 'nameOf'> | null;
  /** The tenant whose administrators may take the first settings. */
  tenantId: string;
};

/** Somebody waits for the answer, ms. */
const ANSWER_WAITS_MS = 4_000;

/** What answers can know of settings. */
export function settingFacts({ live, given, store, jobs, directory }: SettingParts): SettingFacts {
  const settingNow = (key: string): SettingNow => {
    const chat = live.stored().find((one) => one.key === key);
    const name = productOf(key)?.name ?? key;
    const text = productOf(key) === null ? given[name] : undefined;
    const ignored = live.ignored().find((one) => one.key === key)?.why ?? null;
    if (text !== undefined) return { key, value: text, by: 'environment', ignored };
    return chat
      ? { key, value: chat.value, by: { name: chat.by.name, at: chat.at }, ignored }
      : { key, value: null, by: 'nobody', ignored: null };
  };
  return {
    async all() {
      await live.refresh();
      const ofProducts = live.stored().flatMap(({ key }) => (productOf(key) === null ? [] : [key]));
      return [...CHAT_SETTINGS.map(({ name }): string => name), ...ofProducts].map(settingNow);
    },
    async inChat(keys) {
      await live.refresh();
      return keys.map((key) => live.stored().find((one) => one.key === key)?.value ?? null);
    },
    refusal: (changes) => refusalOf(changes, live, given),
    requests: () => store.settings.requests(jobs.clock.now()),
    groupNames: (ids) => groupNames(ids, directory),
    notForChat,
  };
}

/** What the bot asks for when settings are changed. */
export function settingServices(
  parts: SettingParts,
  facts: SettingFacts,
): Pick<BotServices, 'isOwned' | 'founder' | 'changeSettings' | 'deciders' | 'chooseDeciders'> {
  const { live, given, jobs, scheduler, roles, groups, directory } = parts;
  const judge: SettingsJudge = {
    refusal: (changes) => refusalOf(changes, live, given),
    hasOtherOwner: (by) => hasOtherOwner(roles, by),
    inWords: async (changes) => {
      const ids = changes.flatMap(({ from, to }) => [from, to].filter((value) => value !== null));
      return changesInWords(
        changes,
        await groupNames(
          ids.filter((id) => ID.test(id)),
          directory,
        ),
      );
    },
  };
  return {
    isOwned: () => isOwned(live.current()),
    founder: (person) => founderOf(person, parts.tenantId, directory, jobs.log),
    async changeSettings(asked, by) {
      await live.reload();
      const changed = await changeSettings(jobs, asked, by, judge);
      await live.reload();
      scheduler.wakeUp();
      return changed;
    },
    deciders: () => decidersNow(live, given),
    async chooseDeciders(chosen) {
      await live.refresh();
      return rolesChosen(chosen, { groups, settings: facts });
    },
  };
}

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const isOwned = ({ roles }: ReturnType<LiveSettings['current']>): boolean =>
  roles.ownerGroupId !== null || roles.ownerRoleIds.length > 0;

/** Who has the roles now, as they are written; null where nobody is an owner. */
function decidersNow(live: LiveSettings, given: Environment): DecidersChosen | null {
  if (!isOwned(live.current())) return null;
  const textOf = (key: string): string | undefined =>
    given[key] ?? live.stored().find((one) => one.key === key)?.value;
  const of = (role: string): string => textOf(`${role}_GROUP_ID`) ?? textOf(`${role}_ROLES`) ?? '';
  return { owners: of('OWNER'), operators: of('OPERATOR'), readers: of('READER') };
}

/** Where Microsoft cannot say who the owners are, there may be another. */
async function hasOtherOwner(roles: RoleFacts, by: Person): Promise<boolean> {
  const owners = (await roles.sources()).filter(({ role }) => role === 'owner');
  return owners.some(
    ({ holders }) => holders === null || holders.more || holders.ids.some((id) => id !== by.aadObjectId),
  );
}

/** Why changes cannot be: the environment sets it, it is none of the chat’s, or it does not fit what else is set. */
function refusalOf(changes: readonly SettingChange[], live: LiveSettings, given: Environment): string | null {
  for (const { key } of changes) {
    if (productOf(key) !== null) continue;
    if (chatSetting(key) === null) return notForChat(key) ?? UNKNOWN;
    if (given[key] !== undefined) return setInEnvironment(key);
  }
  const ignored = new Set(live.ignored().map(({ key }) => key));
  const stored = live.stored().filter(({ key }) => !ignored.has(key));
  const before = new Set(settingProblems(given, stored));
  const after = settingProblems(given, settingsAfter(stored, changes));
  const wrong = after.filter((problem) => !before.has(problem));
  return wrong.length === 0 ? null : wrong.join(' ');
}

const UNKNOWN = 'I know no such setting. Ask me for “settings” to see them all.';

const OF_CHAT: ReadonlySet<string> = new Set(CHAT_SETTINGS.map(({ name }): string => name));

/** Why a name of the environment is not set in chat, a sentence; null for one that is, and UNKNOWN for none at all. */
function notForChat(name: string): string | null {
  if (OF_CHAT.has(name) || name === 'PRODUCT_NAMES' || name === 'PRICE_LIST') return null;
  const variable = VARIABLES.find((one) => one.name === name);
  if (variable === undefined) return UNKNOWN;
  const where = `Set ${name} in the environment of the server.`;
  if (name === 'DATABASE_URL') return `The database is never set in chat. ${where}`;
  if (variable.secret)
    return `Secrets are never set in chat. ${where} If you have written one here, replace it.`;
  if (variable.section === 'Tenant' || /_URL$|_ENDPOINT$/.test(name)) {
    return `Which tenant I read, and Microsoft’s addresses, are never set in chat. ${where}`;
  }
  return `This is a matter of the server, and not set in chat. ${where}`;
}

/** Names of groups by their ids; those that cannot be read now are left out. */
async function groupNames(
  ids: readonly string[],
  directory: SettingParts['directory'],
): Promise<ReadonlyMap<string, string>> {
  if (directory === null) return new Map();
  const named = await Promise.all(
    [...new Set(ids.map((id) => id.toLowerCase()))].map(async (id) => {
      const name = await directory
        .nameOf(`groups/${id}`, AbortSignal.timeout(ANSWER_WAITS_MS))
        .catch(() => null);
      return name === null ? [] : [[id, name] as const];
    }),
  );
  return new Map(named.flat());
}
