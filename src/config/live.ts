import { chatSetting, productOf } from '../domain/settings/chat-settings.ts';
import { IN_CHAT, type PriceLine, parsePriceList } from '../domain/spend/price-list.ts';
import { type Keeping, readKeeping } from './data.ts';
import { type OnCallConfig, readOnCall } from './on-call.ts';
import { type RolesConfig, readRoles } from './roles.ts';
import { type RoutingConfig, readRouting } from './routing.ts';
import { type Environment, Settings } from './settings.ts';
import { readSpend, type SpendConfig } from './spend.ts';
import { readWatch, type WatchConfig } from './watch.ts';

/** What may be another thing a minute later, as somebody set it in chat. */
export type LiveConfig = {
  watch: WatchConfig;
  roles: RolesConfig;
  routing: RoutingConfig;
  onCall: OnCallConfig | null;
  spend: SpendConfig;
  keeping: Keeping;
  /** Names of products by part number or id, lower case, as chat gives them. */
  productNames: Readonly<Record<string, string>>;
  /** Prices as chat gives them. */
  prices: readonly PriceLine[];
};

/** A setting made in chat, as its text; `key` is a name, or a name with a product. */
export type ChatValue = { key: string; value: string };

/** A setting made in chat that does nothing, and why: the environment sets it, or it does not fit what else is set. */
export type Ignored = { key: string; why: string };

/**
 * The settings in force: those of the environment, and where it says nothing those of the chat. One of the chat that
 * does not fit is left out, with those it holds together with, and never keeps the program from its work.
 * @param given what the environment gives, without secrets
 */
export function liveConfig(
  given: Environment,
  chat: readonly ChatValue[],
): { live: LiveConfig; ignored: Ignored[] } {
  const ignored: Ignored[] = [];
  let inForce: ChatValue[] = [];
  for (const batch of batchesOf(chat)) {
    const set = batch.filter(({ key }) => given[key] === undefined);
    const hidden = batch.filter(({ key }) => given[key] !== undefined);
    ignored.push(...hidden.map(({ key }) => ({ key, why: setInEnvironment(key) })));
    const [why] = settingProblems(given, [...inForce, ...set]);
    if (why === undefined) inForce = [...inForce, ...set];
    else ignored.push(...set.map(({ key }) => ({ key, why })));
  }
  return { live: read(given, inForce).live, ignored };
}

/** What a person is told who wants to change what the environment sets. */
export const setInEnvironment = (name: string): string =>
  `Set by the environment variable ${name}: change it there.`;

/** What is wrong with settings of the chat beside those of the environment, as `loadConfig` would say it. */
export const settingProblems = (given: Environment, chat: readonly ChatValue[]): string[] =>
  read(given, chat).problems;

function read(given: Environment, chat: readonly ChatValue[]): { live: LiveConfig; problems: string[] } {
  const ofProducts = chat.flatMap(({ key, value }) => {
    const of = productOf(key);
    return of === null ? [] : [{ ...of, value }];
  });
  const named = chat.filter(({ key }) => chatSetting(key) !== null);
  const settings = new Settings({
    ...Object.fromEntries(named.map(({ key, value }) => [key, value])),
    ...given,
  });
  const prices = ofProducts.filter(({ name }) => name === 'PRICE_LIST').map(priceOf);
  const names = ofProducts.filter(({ name }) => name === 'PRODUCT_NAMES');
  const live: LiveConfig = {
    watch: readWatch(settings),
    roles: readRoles(settings),
    routing: readRouting(settings),
    onCall: readOnCall(settings),
    spend: readSpend(settings),
    keeping: readKeeping(settings),
    productNames: Object.fromEntries(names.map(({ product, value }) => [product, value])),
    prices: prices.flatMap(({ lines }) => lines),
  };
  const problems = [
    ...settings.problems,
    ...prices.flatMap((list) => list.problems),
    ...names.filter(({ value }) => value.length > MAX_NAME).map(() => TOO_LONG),
  ];
  return { live, problems };
}

const MAX_NAME = 100;
const TOO_LONG = `Give the product a name of at most ${MAX_NAME} letters.`;

/** "36.50 EUR", as a line of the price list. */
function priceOf({ product, value }: { product: string; value: string }): {
  lines: PriceLine[];
  problems: string[];
} {
  const [price = '', currency = ''] = value.split(' ');
  const list = parsePriceList(JSON.stringify([{ product, price, currency }]));
  return {
    lines: list.lines.map((line) => ({ ...line, where: IN_CHAT })),
    problems: list.problems.map((problem) => problem.replace(/^entry 1: /, 'In a price, ')),
  };
}

/** Those that hold only together, then each of the others by itself. */
function batchesOf(chat: readonly ChatValue[]): ChatValue[][] {
  const batches = new Map<string, ChatValue[]>();
  for (const one of chat) {
    const name = chatSetting(one.key)?.batch ?? one.key;
    batches.set(name, [...(batches.get(name) ?? []), one]);
  }
  return [...batches.values()];
}
