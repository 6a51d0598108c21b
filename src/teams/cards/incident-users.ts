import type { AffectedUser, IncidentView } from '../../domain/incident/view.ts';
import { markdownText } from './escape-text.ts';
import type { Fold } from './fold.ts';

/** Shown before anything is folded away. */
const SHOWN_AT_ONCE = 10;

/** More than this many names in one line of a card are read by nobody. */
const PLANS_SHOWN = 5;

type UserLine = {
  name: string;
  userPrincipalName: string;
  had: string;
  note: string;
  state: string;
  color: string;
};

export type UserSection = {
  hasUsers: boolean;
  usersTitle: string;
  /** What all of them had, when it is the same for all: said once instead of at each name. */
  sharedHad: string;
  users: UserLine[];
  foldedUsers: UserLine[];
  foldedTitle: string;
  unlisted: string;
  /** How many there are whom the reader of this card may not see. */
  others: string;
};

const STATES = {
  lost: { state: '', color: 'Default' },
  restoring: { state: 'restoring …', color: 'Accent' },
  restored: { state: '✓ restored', color: 'Good' },
  failed: { state: '✗ not restored', color: 'Attention' },
} as const satisfies Record<AffectedUser['status'], { state: string; color: string }>;

/** Who still asks for something comes first: a long list shows its beginning only. */
const ORDER: readonly AffectedUser['status'][] = ['failed', 'lost', 'restoring', 'restored'];

/**
 * Who is affected, and what they had before.
 * @param personal whether the card is for one person; else it is for everybody of the channel
 */
export function userSection(view: IncidentView, personal: boolean, fold: Fold): UserSection {
  const shared = sharedHad(view.users);
  const lines = view.users
    .toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))
    .slice(0, fold.users)
    .map((user) => userLine(user, shared === null, fold));
  const folded = lines.slice(SHOWN_AT_ONCE);
  const unlisted = view.userCount - view.others - lines.length;
  const before = view.kind === 'lost' || view.kind === 'swap' ? 'had ' : '';
  return {
    hasUsers: view.userCount > 0,
    usersTitle: `${view.userCount.toLocaleString('en')} ${view.userCount === 1 ? 'user' : 'users'}`,
    sharedHad:
      shared === null
        ? ''
        : markdownText(`${view.userCount === 1 ? '' : 'Each '}${before}${shared}`.trim(), fold.text),
    users: lines.slice(0, SHOWN_AT_ONCE),
    foldedUsers: folded,
    foldedTitle: `Show ${folded.length.toLocaleString('en')} more`,
    unlisted:
      unlisted <= 0 ? '' : `and ${unlisted.toLocaleString('en')} more, whom this card has no room for`,
    others: othersText(view.others, lines.length === 0, personal),
  };
}

function othersText(others: number, alone: boolean, personal: boolean): string {
  if (others === 0) return '';
  if (alone && !personal) {
    return others === 1
      ? 'The name is shown only to those who may see it'
      : 'The names are shown only to those who may see them';
  }
  const many = `${alone ? '' : 'and '}${others.toLocaleString('en')} ${others === 1 ? 'user' : 'users'}`;
  if (personal) return `${many} outside your administrative units`;
  return others === 1
    ? `${many} whose name is shown only to those who may see it`
    : `${many} whose names are shown only to those who may see them`;
}

function userLine(user: AffectedUser, ownHad: boolean, fold: Fold): UserLine {
  return {
    name: markdownText(user.name, fold.text),
    userPrincipalName: markdownText(user.userPrincipalName, fold.text),
    had: ownHad ? markdownText(hadText(user), fold.text) : '',
    note: user.note === null ? '' : markdownText(user.note, fold.text),
    ...STATES[user.status],
  };
}

function sharedHad(users: readonly AffectedUser[]): string | null {
  const texts = new Set(users.map(hadText));
  return texts.size === 1 ? ([...texts][0] ?? null) : null;
}

const hadText = (user: AffectedUser): string =>
  user.had
    .map(({ product, path, disabledPlans }) => `${product}, ${path}${withoutPlans(disabledPlans)}`)
    .join('; ');

function withoutPlans(plans: readonly string[]): string {
  if (plans.length === 0) return '';
  const more = plans.length - PLANS_SHOWN;
  return `, without ${plans.slice(0, PLANS_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
