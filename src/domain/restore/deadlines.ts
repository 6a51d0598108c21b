import { DAY_MS } from '../durations.ts';
import type { LicenseChange } from '../license/change.ts';
import { numeral } from '../numerals.ts';
import { ACCOUNT_KEPT_MS } from './draft-user.ts';
import type { RestoreFacts } from './plan-types.ts';
import { familyLookup } from './service-plan-families.ts';

/** Exchange keeps a mailbox without a license this long (Microsoft, "Delete or restore user mailboxes in Exchange Online"). */
const MAILBOX_KEPT_MS = 30 * DAY_MS;

/** A OneDrive without a license: Microsoft, "Manage unlicensed OneDrive user accounts", for losses since July 2025. */
const ONEDRIVE_READ_ONLY_MS = 60 * DAY_MS;
const ONEDRIVE_ARCHIVED_MS = 93 * DAY_MS;

/** When something that belongs to a lost license goes, ms UTC, and what: "The mailboxes of 3 users are deleted". */
export type Deadline = { at: number; what: string };

type Kind = 'account' | 'mailbox' | 'read-only' | 'archived';

/**
 * What goes, and when, while the licenses of an incident are gone; soonest first, one entry for each thing and
 * day, with the earliest time on it. Counted from the last read that still saw the license, so that a date is
 * never too late. Only for users who have no other license for it; what is past is left out.
 */
export function deadlinesOf(facts: RestoreFacts): Deadline[] {
  const found = new Map<string, { kind: Kind; at: number; users: Map<string, string> }>();
  const add = (kind: Kind, at: number, { userId, user }: LicenseChange): void => {
    if (at <= facts.now || userId === null) return;
    const key = `${kind} ${Math.floor(at / DAY_MS)}`;
    const entry = found.get(key) ?? { kind, at, users: new Map<string, string>() };
    found.set(key, entry);
    entry.at = Math.min(entry.at, at);
    entry.users.set(userId, facts.present.get(userId)?.displayName ?? user?.displayName ?? '1 user');
  };
  const gives = familyLookup(facts.tenant.skus);
  for (const change of lastOfEach(facts.changes)) {
    const state = facts.present.get(change.userId ?? '');
    if (!state) {
      const goneSince =
        change.kind === 'account-removed'
          ? change.observedBefore
          : (facts.removedAt.get(change.userId ?? '') ?? change.observedAfter);
      add('account', goneSince + ACCOUNT_KEPT_MS, change);
      continue;
    }
    const { before, observedBefore: since } = change;
    if (gives(before, 'mailbox') && !gives(state.assignments, 'mailbox')) {
      add('mailbox', since + MAILBOX_KEPT_MS, change);
    }
    const has = gives(state.assignments, 'oneDrive') || gives(state.assignments, 'oneDriveKept');
    if (gives(before, 'oneDrive') && !has) {
      add('read-only', since + ONEDRIVE_READ_ONLY_MS, change);
      add('archived', since + ONEDRIVE_ARCHIVED_MS, change);
    }
  }
  return [...found.values()]
    .sort((a, b) => a.at - b.at || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
    .map(({ kind, at, users }) => ({ at, what: inWords(kind, [...users.values()]) }));
}

const ORDER: readonly Kind[] = ['account', 'mailbox', 'read-only', 'archived'];

const TAKES: ReadonlySet<string> = new Set(['lost', 'plans-changed', 'account-removed']);

/** The losses that count: what was given back and lost again is gone since the last time. */
function lastOfEach(changes: readonly LicenseChange[]): LicenseChange[] {
  const last = new Map<string, LicenseChange>();
  for (const change of changes.toSorted((a, b) => a.observedAfter - b.observedAfter)) {
    if (change.userId !== null && TAKES.has(change.kind))
      last.set(`${change.userId} ${change.skuId}`, change);
  }
  return [...last.values()];
}

function inWords(kind: Kind, names: readonly string[]): string {
  const one = names.length === 1;
  const whose = names[0];
  const many = numeral(names.length);
  switch (kind) {
    case 'account':
      return one
        ? `The account of ${whose} is deleted for good, with its mailbox`
        : `${many} accounts are deleted for good, with their mailboxes`;
    case 'mailbox':
      return one
        ? `The mailbox of ${whose} is deleted, unless it is on hold`
        : `${many} mailboxes are deleted, unless they are on hold`;
    case 'read-only':
      return one ? `The OneDrive of ${whose} becomes read-only` : `${many} OneDrives become read-only`;
    case 'archived':
      return one
        ? `The OneDrive of ${whose} is archived and can’t be opened`
        : `${many} OneDrives are archived and can’t be opened`;
  }
}
