import { factsOf, type Need, type NeedyIntent } from '../language/facts.ts';
import type { Intent, Query } from '../language/query.ts';
import type { Answer } from './answer/answer.ts';
import { makeAnswer } from './answer/make-answer.ts';

/** How what is missing is asked for, how it would be said, and what one may ask instead. */
type Asking = { words?: Partial<Record<Need, string>>; how: string; next: string[] };

const INSTEAD = ['free seats', 'help'];
const WATCHED = ['who are you keeping an eye on'];
const WATCHING: Asking = {
  how: 'Name a person or a group, for example “keep an eye on Adele Vance”.',
  next: WATCHED,
};

/** By intent; the compiler asks for one that `INTENTS` says needs something. */
const ASKINGS: Readonly<Record<NeedyIntent, Asking>> = {
  'user-licenses': {
    words: { people: 'whose licenses' },
    how: 'Name a person, for example “licenses of Adele Vance”.',
    next: [],
  },
  'sku-users': { how: 'For example “who has Visio”.', next: ['free seats'] },
  assign: { how: 'For example: “assign Visio to Lee Gu”.', next: INSTEAD },
  remove: { how: 'For example: “remove Visio from Lee Gu”.', next: INSTEAD },
  swap: {
    how: 'For example: “move Lee Gu from Microsoft 365 E3 to Microsoft 365 E5”.',
    next: INSTEAD,
  },
  watch: WATCHING,
  unwatch: { ...WATCHING, how: 'Name a person or a group, for example “stop watching Adele Vance”.' },
};

const WORDS: Readonly<Record<Need, string>> = {
  people: 'who',
  'people or group': 'who',
  products: 'which product',
  'products or group': 'which product',
  'two products': 'from which product to which',
};

const isNeedy = (intent: Intent): intent is NeedyIntent => Object.hasOwn(ASKINGS, intent);

/** Asks for what a question or request cannot do without and does not say: "Which product?"; null where all is said. */
export function askForMissing(query: Query): Answer | null {
  const { intent } = query;
  if (!isNeedy(intent)) return null;
  const missing = factsOf(intent).needs.filter((need) => !isSaid(need, query));
  if (missing.length === 0) return null;
  const { words, how, next } = ASKINGS[intent];
  const asked = missing.map((need) => words?.[need] ?? WORDS[need]).join(', and ');
  return makeAnswer(intent, `${asked.charAt(0).toUpperCase()}${asked.slice(1)}? ${how}`, { next });
}

/** Whether a need is met. One product is enough of a swap: the other side is offered. */
function isSaid(need: Need, { people, skus, groups }: Query): boolean {
  switch (need) {
    case 'people':
      return people.length > 0;
    case 'people or group':
      return people.length + groups.length > 0;
    case 'products':
    case 'two products':
      return skus.length > 0;
    case 'products or group':
      return skus.length + groups.length > 0;
  }
}
