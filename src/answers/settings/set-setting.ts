import {
  chatSetting,
  isAboutRoles,
  isGroupSetting,
  PER_PRODUCT,
  productKey,
  settingTitle,
} from '../../domain/settings/chat-settings.ts';
import type { SettingChange } from '../../domain/settings/setting-change.ts';
import { changesInWords, valueInWords } from '../../domain/settings/words.ts';
import type { Query, SettingAsked } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer } from '../answer/make-answer.ts';
import type { SettingFacts } from '../answer/setting-facts.ts';
import { groupOrRoles, type Wanted } from './role-setting.ts';
import { partNumberOf } from './settings-asked.ts';

const INTENT = 'set-setting';
const NEXT = ['settings'];
const ANSWERED = /^(confirm|decline) settings change ([\da-z-]{8,64})$/i;

const say = (lead: string, next: string[] = NEXT): Answer => makeAnswer(INTENT, lead, { next });

/** "Set quiet hours to 22:00-07:00", "name the product CONTOSO_X Contoso Pack": asked for, not done. */
export async function setSetting({ setting }: Query, deps: AnswerDeps): Promise<Answer> {
  const { settings, text } = deps;
  if (settings === null)
    return say(`Settings are changed by the running bot: say “${text}” in Teams.`, ['status']);
  const answered = ANSWERED.exec(text.trim());
  if (answered?.[1] && answered[2]) {
    return answerOf(answered[1].toLowerCase() as 'confirm' | 'decline', answered[2], settings);
  }
  if (setting === undefined) {
    return say('Which setting? For example “set quiet hours to 22:00-07:00”.');
  }
  const refused = settings.notForChat(setting.name);
  if (refused !== null) return say(refused);
  const title = settingTitle(setting.name);
  if (setting.value === undefined) {
    const example = chatSetting(setting.name)?.example ?? '36.50 EUR';
    return say(`To what? For example “set ${title.toLowerCase()} to ${example}”.`, ['settings']);
  }
  const wanted = await wantedOf({ ...setting, value: setting.value }, deps, settings);
  if (typeof wanted === 'string') return say(wanted);
  const before = await settings.inChat(wanted.map(({ key }) => key));
  const changes = wanted.map(
    ({ key, to }, index): SettingChange => ({ key, from: before[index] ?? null, to }),
  );
  const wrong = settings.refusal(changes);
  if (wrong !== null) return say(wrong);
  return offered(changes, settings);
}

async function offered(changes: SettingChange[], settings: SettingFacts): Promise<Answer> {
  const ids = changes
    .filter(({ key }) => isGroupSetting(key))
    .flatMap(({ from, to }) => [from, to].filter((id) => id !== null));
  const names = await settings.groupNames(ids);
  if (changes.every(({ from, to }) => from === to)) {
    return say(
      `${changes.map(({ key, to }) => `${settingTitle(key)}: ${valueInWords(key, to, names)}`).join('; ')}. It is set like that already.`,
    );
  }
  const second = changes.some(({ key }) => isAboutRoles(key))
    ? 'It says who may do what: where there is another owner, they have to confirm it.'
    : 'It counts as soon as you confirm it, without a restart.';
  return makeAnswer(INTENT, second, {
    request: {
      kind: 'set-settings',
      asked: { kind: 'change', changes },
      sentence: changesInWords(changes, names),
    },
  });
}

async function answerOf(kind: 'confirm' | 'decline', id: string, settings: SettingFacts): Promise<Answer> {
  const request = (await settings.requests()).find((one) => one.id === id.toLowerCase());
  if (!request) return say('This change waits no more.');
  const ids = request.changes
    .filter(({ key }) => isGroupSetting(key))
    .flatMap(({ from, to }) => [from, to].filter((one) => one !== null));
  const said = changesInWords(request.changes, await settings.groupNames(ids));
  return makeAnswer(INTENT, `${request.by.name} asked for it.`, {
    request: {
      kind: 'set-settings',
      asked: { kind, requestId: request.id },
      sentence: kind === 'confirm' ? `Confirm: ${said}` : `Decline: ${said}`,
    },
  });
}

/** The settings that have to change for this, or a sentence that says why it cannot be read. */
async function wantedOf(
  { name, product, value }: SettingAsked & { value: string | null },
  deps: AnswerDeps,
  settings: SettingFacts,
): Promise<Wanted | string> {
  const ofProduct = PER_PRODUCT.find((one) => one === name);
  if (ofProduct !== undefined) {
    if (product === undefined) {
      return ofProduct === 'PRICE_LIST'
        ? 'The price list is a file on the server. In chat you set the price of one product: “set the price of SPE_E3 to 36.50 EUR”.'
        : 'Which product? For example “name the product CONTOSO_X Contoso Pack”.';
    }
    const part = partNumberOf(product, deps);
    if (part === null) return `I know no product “${product}”. Give its part number, such as SPE_E3.`;
    return [{ key: productKey(ofProduct, part), to: value }];
  }
  if (name === 'ON_CALL') return onCall(value, deps);
  if (name === 'REQUIRE_SECOND_APPROVER' && value === 'true') {
    // Both at once would contradict each other.
    return [
      { key: name, to: 'true' },
      { key: 'SECOND_APPROVER_ABOVE_USERS', to: null },
    ];
  }
  if (!isGroupSetting(name) || value === null) return [{ key: name, to: value }];
  return groupOrRoles(name, value, { groups: deps.groups, settings });
}

/** A person of the tenant by name, or what the setting takes as it is. */
function onCall(value: string | null, { directory, asker }: AnswerDeps): Wanted | string {
  if (value === null) {
    return [
      { key: 'ON_CALL', to: null },
      { key: 'ON_CALL_NAME', to: null },
    ];
  }
  if (/^(?:user|tag):/.test(value)) return [{ key: 'ON_CALL', to: value }];
  const text = value.toLowerCase();
  const isMe = /^(?:me|myself|mich|m[ií]|moi|mij|me stesso)$/.test(text);
  const found = directory.people.filter(({ id, displayName, userPrincipalName }) =>
    isMe ? id === asker : [displayName, userPrincipalName, id].some((one) => one.toLowerCase() === text),
  );
  const [person] = found;
  if (!person || found.length > 1) {
    return `I ${person ? 'know several people' : 'know nobody'} called “${value}”. Give the sign-in name, for example “set on call to adele@contoso.com”.`;
  }
  return [
    { key: 'ON_CALL', to: `user:${person.id}` },
    { key: 'ON_CALL_NAME', to: person.displayName },
  ];
}
