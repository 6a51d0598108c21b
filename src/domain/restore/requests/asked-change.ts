import type { Person } from '../../access/person.ts';
import { listed } from '../../english.ts';
import { count } from '../../numerals.ts';
import type { RequestKind } from './request-kind.ts';

/** What somebody asked for in words: licenses to give or to take, or such a change to undo. Ids are lower case. */
export type AskedFor = {
  kind: RequestKind | 'undo';
  /** Of what a group gives, everybody who was in it. */
  userIds: string[];
  /** Of a swap the product that goes, then the one that comes. */
  skuIds: string[];
  /** The service plans to switch. */
  planIds?: string[];
  /** The group whose members or licenses are to change, as it was called then. */
  group?: { id: string; name: string };
  /** The decision to take back; null for anything but an undo. */
  undoes: string | null;
};

/** Where somebody asks for a second operator: there they learn how it ended. */
export type Asking = { conversationKey: string };

/** How a request for a second operator ended. */
export const ASKED_ENDINGS = ['confirmed', 'declined', 'withdrawn', 'expired'] as const;
export type AskedEnding = (typeof ASKED_ENDINGS)[number];

/**
 * A change of licenses beside any incident that waits for a second operator, or did. Nothing of it is written before
 * somebody else confirms it. Times are ms UTC.
 */
export type AskedChange = {
  /** The id of the decision that asked. */
  id: string;
  /** Counts from 1: who writes it names the one before. */
  revision: number;
  by: Person;
  at: number;
  expiresAt: number;
  asked: AskedFor;
  /** Digest of the plan that was shown to the asker. */
  plan: string;
  /** The stored conversation in which it was asked for: there the end of it is told. */
  conversationKey: string;
  /** Null while it waits. */
  ended: { how: AskedEnding; by: Person; at: number; reason: string | null } | null;
};

/** What a request looks like once it has ended. */
export const ended = (
  asked: AskedChange,
  how: AskedEnding,
  by: Person,
  at: number,
  reason: string | null = null,
): AskedChange => ({ ...asked, revision: asked.revision + 1, ended: { how, by, at, reason } });

/** Whether somebody may still confirm it. `now` is ms UTC. */
export const isWaiting = ({ ended: end, expiresAt }: AskedChange, now: number): boolean =>
  end === null && now < expiresAt;

/** What was asked for, without for whom by name: "assign Visio Plan 2 to 12 users". */
export function askedInWords(
  { kind, userIds, skuIds, group }: AskedFor,
  productName: (skuId: string) => string,
): string {
  const products = listed(skuIds.map(productName));
  const users = count(userIds.length, 'user');
  switch (kind) {
    case 'assign':
      return `assign ${products} to ${users}`;
    case 'remove':
      return `remove ${products} from ${users}`;
    case 'swap':
      return `move ${users} from ${skuIds.map(productName).join(' to ')}`;
    case 'turn-on':
    case 'turn-off':
      return `switch service plans of ${products} ${kind === 'turn-on' ? 'on' : 'off'} for ${users}`;
    case 'add-to-group':
      return `put ${users} into ${group?.name ?? 'a group'}`;
    case 'remove-from-group':
      return `take ${users} out of ${group?.name ?? 'a group'}`;
    case 'license-group':
      return `assign ${products} to the group ${group?.name ?? ''} with ${users}`;
    case 'unlicense-group':
      return `remove ${products} from the group ${group?.name ?? ''} with ${users}`;
    case 'undo':
      return skuIds.length === 0
        ? `undo a change of members of ${group?.name ?? 'a group'} for ${users}`
        : `undo a change of ${products} for ${users}`;
  }
}
