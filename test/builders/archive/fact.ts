import type { ArchivedEvent } from '../../../src/domain/audit/event.ts';

/** What a generated record is, noted where it is made and not read from the record. */
export type Fact = {
  id: string;
  /** ms UTC. */
  at: number;
  did: Did;
  operation: string;
  workload: string;
  /** The key of who did it, or the name of an app. */
  by: string;
  /** Keys of people and names of things. */
  on: string[];
  /** The key of whose mailbox it was. */
  mailbox?: string;
  site?: string;
  address?: string;
  app?: string;
  failed?: boolean;
  /** Words that only its text has. */
  words?: string;
};

export type Did =
  | 'deleted a file'
  | 'opened a file'
  | 'downloaded a file'
  | 'changed a file'
  | 'shared'
  | 'shared outside'
  | 'signed in'
  | 'failed to sign in'
  | 'opened a mailbox'
  | 'sent as'
  | 'deleted mail'
  | 'set a mail rule'
  | 'forwarded'
  | 'gave mailbox rights'
  | 'changed a mailbox'
  | 'gave a role'
  | 'took a role'
  | 'consented'
  | 'changed an app'
  | 'invited a guest'
  | 'created a user'
  | 'deleted a user'
  | 'changed a user'
  | 'reset a password'
  | 'changed a second factor'
  | 'changed a policy'
  | 'changed a group'
  | 'changed a team'
  | 'changed a site'
  | 'changed auditing'
  | 'other';

export type Made = { record: ArchivedEvent; fact: Fact };

/** What is drawn for each record: numbers from 0 to 1, the same for the same seed. */
export type Draw = {
  number(): number;
  below(count: number): number;
  one<Item>(items: readonly Item[]): Item;
  id(): string;
};

/** mulberry32. */
export function draws(seed: number): Draw {
  let state = seed;
  const number = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number): number => Math.floor(number() * count);
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => below(16).toString(16)).join('');
  return {
    number,
    below,
    one: <Item>(items: readonly Item[]): Item => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to draw from');
      return item;
    },
    id: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
  };
}
