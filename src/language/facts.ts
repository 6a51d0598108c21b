import type { Role } from '../domain/access/access.ts';

/** What the words of a sentence can name. */
export type Nameable = 'people' | 'products' | 'groups';

/** What an intent may be unable to do without. A group may stand for its members, or for what it gives. */
export type Need = 'people' | 'people or group' | 'products' | 'products or group' | 'two products';

/** What there is to know about a kind of question or request besides its words. */
export type IntentFacts = {
  /**
   * What its sentences name. With `people`, a word that nobody knows is taken for somebody's name, and "him" for
   * who was named before; with `products`, "it" for the product. `nothing`: whatever else the words look like
   * is no part of the query.
   */
  about: 'nothing' | readonly Nameable[];
  /** Whether it is about a time all the same, where it is about nothing else that the words may look like. */
  keepsTime?: true;
  /** Whether "it" is the whole matter: who it was about and what they lost. */
  itIsAll?: true;
  /**
   * Where the time lies that it is about: `past` is what happened (a length "since 2 days" is a stretch of time
   * there), `ahead` what is to come, `now` how things are.
   */
  time: 'past' | 'now' | 'ahead';
  /** What it cannot do without, in the order in which it is asked for where a sentence does not say it. */
  needs: readonly Need[];
  /** Whether it changes something, here or in the tenant, once a card has asked. Then every name of it counts. */
  writes: boolean;
  /** Who may have it answered, or carried out where it writes. */
  role: Exclude<Role, 'none'>;
  /**
   * Who its answer may name: `people` is shown to the asker alone where others read along and may not see
   * everybody. `nobody` is fit for all; `the-whole` also is about the tenant as a whole, no matter who was named.
   */
  tells: 'people' | 'nobody' | 'the-whole';
};

const QUESTION = { needs: [], writes: false, role: 'reader', tells: 'people' } as const;
const REQUEST = { needs: [], time: 'now', writes: true, role: 'operator', tells: 'people' } as const;

/**
 * Every kind of question or request, and what the rest of the program must know about it. The names are a
 * contract: `ask --json` prints them, and cards carry them. New ones go to the end.
 */
export const INTENTS = {
  'who-changed': { ...QUESTION, about: ['people', 'products'], itIsAll: true, time: 'past' },
  history: { ...QUESTION, about: ['people', 'products'], itIsAll: true, time: 'past' },
  'user-licenses': { ...QUESTION, about: ['people'], time: 'now', needs: ['people'] },
  'lost-licenses': { ...QUESTION, about: ['products'], time: 'past' },
  incidents: { ...QUESTION, about: [], time: 'now' },
  seats: { ...QUESTION, about: ['products'], time: 'now', tells: 'the-whole' },
  unused: { ...QUESTION, about: ['products'], time: 'now' },
  expiring: { ...QUESTION, about: ['products'], time: 'ahead', tells: 'the-whole' },
  cost: { ...QUESTION, about: ['products'], time: 'now' },
  'assignment-errors': { ...QUESTION, about: ['products'], time: 'now' },
  duplicates: { ...QUESTION, about: ['products'], time: 'now' },
  guests: { ...QUESTION, about: ['products'], time: 'now' },
  'sku-users': { ...QUESTION, about: ['products'], time: 'now', needs: ['products'] },
  'audit-by': { ...QUESTION, about: ['people'], time: 'past' },
  'audit-on': { ...QUESTION, about: ['people'], time: 'past' },
  coverage: { ...QUESTION, about: 'nothing', time: 'now', tells: 'nobody' },
  status: { ...QUESTION, about: 'nothing', time: 'now' },
  help: { ...QUESTION, about: 'nothing', time: 'now', tells: 'nobody' },
  export: { ...QUESTION, about: ['people'], time: 'past' },
  reassign: { ...REQUEST, about: ['people', 'products'], itIsAll: true },
  assign: { ...REQUEST, about: ['people', 'products'], needs: ['people or group', 'products or group'] },
  remove: {
    ...REQUEST,
    about: ['people', 'products'],
    itIsAll: true,
    needs: ['people or group', 'products or group'],
  },
  scan: { ...REQUEST, about: 'nothing' },
  'set-channel': { ...REQUEST, about: 'nothing', role: 'owner' },
  snooze: { ...REQUEST, about: ['people', 'products'], itIsAll: true, time: 'ahead' },
  wake: { ...REQUEST, about: ['people'] },
  decisions: { ...QUESTION, about: ['people'], time: 'past' },
  rules: { ...QUESTION, about: 'nothing', time: 'now' },
  'end-rule': { ...REQUEST, about: [], role: 'owner' },
  'extend-rule': { ...REQUEST, about: [], role: 'owner' },
  watch: { ...REQUEST, about: ['people'], needs: ['people or group'] },
  unwatch: { ...REQUEST, about: ['people'], needs: ['people or group'] },
  watched: { ...QUESTION, about: 'nothing', time: 'now' },
  'no-alert': { ...QUESTION, about: ['people', 'products'], itIsAll: true, time: 'past' },
  'small-talk': { ...QUESTION, about: 'nothing', time: 'now', tells: 'nobody' },
  unknown: { ...QUESTION, about: 'nothing', time: 'now', tells: 'nobody' },
  swap: { ...REQUEST, about: ['people', 'products'], needs: ['people', 'two products'] },
  'gained-licenses': { ...QUESTION, about: ['products'], time: 'past' },
  unlicensed: { ...QUESTION, about: ['products'], time: 'now' },
  groups: { ...QUESTION, about: ['people', 'products', 'groups'], time: 'now' },
  plans: { ...QUESTION, about: ['people', 'products'], time: 'now' },
  directory: { ...QUESTION, about: ['products', 'groups'], time: 'now' },
  roles: { ...QUESTION, about: ['people'], time: 'now' },
  'service-issues': { ...QUESTION, about: 'nothing', keepsTime: true, time: 'past', tells: 'nobody' },
  routes: { ...QUESTION, about: 'nothing', time: 'now' },
  settings: { ...QUESTION, about: 'nothing', time: 'now' },
  'set-setting': { ...REQUEST, about: 'nothing', role: 'owner' },
  'right-size': { ...QUESTION, about: ['products'], time: 'now' },
  needless: { ...QUESTION, about: ['products'], time: 'now' },
  'add-ons': { ...QUESTION, about: ['products'], time: 'now' },
  doctor: { ...QUESTION, about: 'nothing', time: 'now', role: 'owner', tells: 'nobody' },
} as const satisfies Record<string, IntentFacts>;

export type Intent = keyof typeof INTENTS;

/** Those that cannot do without something. */
export type NeedyIntent = {
  [Key in Intent]: (typeof INTENTS)[Key]['needs'] extends readonly [] ? never : Key;
}[Intent];

/** The names, in the order of the table. */
export const INTENT_NAMES = Object.keys(INTENTS) as [Intent, ...Intent[]];

/** What there is to know about an intent. */
export const factsOf = (intent: Intent): IntentFacts => INTENTS[intent];

/** Whether it changes something, here or in the tenant. */
export const writes = (intent: Intent): boolean => factsOf(intent).writes;

/** Whether it is about nothing in particular: whatever else the words look like is not part of the query. */
export const isBare = (intent: Intent): boolean => factsOf(intent).about === 'nothing';

/** Whether its sentences name what there is of this kind. */
export function isAbout(intent: Intent, kind: Nameable): boolean {
  const { about } = factsOf(intent);
  return about !== 'nothing' && about.includes(kind);
}
