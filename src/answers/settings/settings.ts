import { chatSetting, settingTitle } from '../../domain/settings/chat-settings.ts';
import type { SettingRequest } from '../../domain/settings/setting-change.ts';
import { changesInWords, type GroupNames, valueInWords } from '../../domain/settings/words.ts';
import type { Query } from '../../language/query.ts';
import type { Answer, AnswerBlock } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { facts, makeAnswer, pageTable, text } from '../answer/make-answer.ts';
import type { SettingNow } from '../answer/setting-facts.ts';
import { formatTime } from '../times/times.ts';
import { groupsIn, keysAsked } from './settings-asked.ts';

const NEXT = ['set quiet hours to 22:00-07:00', 'where do alerts go', 'who may do what here'];
/** More answers of others than these are no list to decide from. */
const MAX_WAITING = 4;

/** What is set, by whom, and what waits for a second owner: all of it, or the setting that is asked about. */
export async function settings(query: Query, deps: AnswerDeps): Promise<Answer> {
  const facts = deps.settings;
  if (facts === null) {
    return makeAnswer('settings', 'Settings are shown by the running bot: ask me in Teams.', {
      next: ['status'],
    });
  }
  const { setting } = query;
  const refused = setting && facts.notForChat(setting.name);
  if (refused) return makeAnswer('settings', refused, { next: ['settings'] });
  const [all, requests, chat] = await Promise.all([
    facts.all(),
    facts.requests(),
    deps.store.conversations.alertTarget(),
  ]);
  const names = await facts.groupNames(groupsIn(all, requests));
  const keys = setting ? keysAsked(setting, deps) : null;
  if (keys !== null) {
    const asked = keys.map((key) => all.find((one) => one.key === key) ?? notSet(key));
    return one(asked, names, deps);
  }
  const waiting = await waitingFor(requests, names, deps);
  return makeAnswer('settings', leadOf(all), {
    blocks: [
      ...waiting,
      ...pageTable(
        ['Setting', 'Value', 'Set by'],
        [
          ['Alert channel', chat?.name ?? 'none yet', 'in chat'],
          ...all.map((now) => [settingTitle(now.key), shownValue(now, names), setBy(now, deps)]),
        ],
      ),
      ...text(
        'Owners change these in chat, for example “set quiet hours to 22:00-07:00” or “name the product CONTOSO_X Contoso Pack”. Secrets, Microsoft’s addresses and the database are set on the server only.',
      ),
    ],
    next: NEXT,
  });
}

const notSet = (key: string): SettingNow => ({ key, value: null, by: 'nobody', ignored: null });

function leadOf(all: readonly SettingNow[]): string {
  const inChat = all.filter(({ by }) => typeof by === 'object').length;
  const given = all.filter(({ by }) => by === 'environment').length;
  return `Settings: ${inChat} set in chat, ${given} by the environment; the others are as they come.`;
}

const shownValue = ({ key, value }: SettingNow, names: GroupNames): string => valueInWords(key, value, names);

function setBy({ by, ignored }: SettingNow, deps: AnswerDeps): string {
  const whose =
    by === 'environment' ? 'environment' : by === 'nobody' ? '' : `${by.name}, ${formatTime(by.at, deps)}`;
  return ignored === null ? whose : `${whose}. In chat it does nothing: ${ignored}`.replace(/^\. /, '');
}

/** One setting in a sentence, and how it is changed. */
function one(asked: readonly SettingNow[], names: GroupNames, deps: AnswerDeps): Answer {
  const set = asked.filter(({ by }) => by !== 'nobody');
  const shown = set.length > 0 ? set : asked.slice(0, 1);
  const [first] = shown;
  const key = first?.key ?? '';
  const example = chatSetting(key)?.example;
  const isGiven = shown.every(({ by }) => by === 'environment');
  const lead = shown.map((now) => `${settingTitle(now.key)}: ${shownValue(now, names)}.`).join(' ');
  return makeAnswer('settings', lead, {
    blocks: [
      ...facts({
        'Set by':
          shown.map((now) => setBy(now, deps)).find((who) => who !== '') ?? 'nobody: it is as it comes',
        'In the environment': shown.map((now) => now.key.replace(/:.*/, '')).join(', '),
      }),
      ...text(isGiven ? `Set by the environment variable ${key}: change it there.` : null),
    ],
    next:
      isGiven || example === undefined || example.startsWith('the group') || example.startsWith('<')
        ? ['settings']
        : [`set ${key} to ${example}`, 'settings'],
  });
}

/** Each change that waits for a second owner, with what answers it. */
async function waitingFor(
  requests: readonly SettingRequest[],
  names: GroupNames,
  { asker, now, ...deps }: AnswerDeps,
): Promise<AnswerBlock[]> {
  if (requests.length === 0) return [];
  return [
    {
      kind: 'text',
      text: 'Waits for another owner:',
    },
    {
      kind: 'choices',
      choices: requests.slice(0, MAX_WAITING).flatMap(({ id, by, changes, expiresAt }) => {
        const detail = `${by.name}: ${changesInWords(changes, names)}; until ${formatTime(expiresAt, { now, timeZone: deps.timeZone })}`;
        const decline = {
          label: by.aadObjectId === asker ? 'Withdraw' : 'Decline',
          detail,
          ask: `decline settings change ${id}`,
          intent: 'set-setting' as const,
        };
        if (by.aadObjectId === asker) return [decline];
        return [{ ...decline, label: 'Confirm', ask: `confirm settings change ${id}` }, decline];
      }),
    },
  ];
}
