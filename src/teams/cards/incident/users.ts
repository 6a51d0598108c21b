import { capitalised, listedUpTo } from '../../../domain/english.ts';
import type { AffectedUser, IncidentView } from '../../../domain/incident-view/view.ts';
import { count, numeral, plural } from '../../../domain/numerals.ts';
import { markdownText, runText } from '../escape-text.ts';
import type { Fold } from '../fold.ts';
import { type Portals, personPage } from '../portal-links.ts';

/** Of more users than `ALL_UP_TO` so many are named before the rest is folded away. */
const ALL_UP_TO = 5;
const FIRST = 4;

/** More than this many names in one line of a card are read by nobody. */
const SERVICE_PLANS_SHOWN = 5;

/** A user in one line. The state is in the text; the colour only stresses it. */
type UserLine = { name: string; page: string; had: string; state: string; color: string };

export type UserSection = {
  users: UserLine[];
  foldedUsers: UserLine[];
  foldedTitle: string;
  unlisted: string;
  /** What all of them had, said once. */
  sharedHad: string;
  /** How many there are whom the reader of this card may not see. */
  others: string;
};

const STATES = {
  lost: { state: '', color: 'Default' },
  restoring: { state: 'being restored…', color: 'Accent' },
  restored: { state: '✓ restored', color: 'Good' },
  failed: { state: '✗ not restored', color: 'Attention' },
} as const satisfies Record<AffectedUser['status'], { state: string; color: string }>;

/** Who still asks for something comes first: a long list shows its beginning only. */
const ORDER: readonly AffectedUser['status'][] = ['failed', 'lost', 'restoring', 'restored'];

/**
 * Who is affected, and what they had before.
 * @param personal whether the card is for one person; else it is for everybody of the channel
 */
export function userSection(
  view: IncidentView,
  personal: boolean,
  portals: Portals | null,
  fold: Fold,
): UserSection {
  const shared = sharedBy(view.users);
  const names = new Map<string, number>();
  for (const { name } of view.users) names.set(name, (names.get(name) ?? 0) + 1);
  const lines = view.users
    .toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))
    .slice(0, fold.users)
    .map((user) => userLine(user, shared, (names.get(user.name) ?? 0) > 1, portals, fold));
  const known = view.userCount - view.others;
  const shown = known <= ALL_UP_TO ? lines : lines.slice(0, FIRST);
  const folded = lines.slice(shown.length);
  const unlisted = known - lines.length;
  return {
    users: shown,
    foldedUsers: folded,
    foldedTitle: `and ${count(known - shown.length, 'other')}`,
    unlisted: unlisted <= 0 ? '' : `and ${numeral(unlisted)} more that this card has no room for`,
    sharedHad: markdownText(sharedText(view.users, shared), fold.text),
    others: othersText(view.others, lines.length === 0, personal),
  };
}

function othersText(others: number, alone: boolean, personal: boolean): string {
  if (others === 0) return '';
  if (alone && !personal) {
    return plural(
      others,
      'The name is shown only to those who may see it.',
      'The names are shown only to those who may see them.',
    );
  }
  const many = `${alone ? '' : 'and '}${count(others, 'user')}`;
  if (personal) return `${many} outside your administrative units`;
  return `${many} ${plural(others, 'whose name is shown only to those who may see it', 'whose names are shown only to those who may see them')}`;
}

function userLine(
  user: AffectedUser,
  shared: Shared,
  ambiguous: boolean,
  portals: Portals | null,
  fold: Fold,
): UserLine {
  const { state, color } = STATES[user.status];
  const told = [state, user.note ?? ''].filter((part) => part !== '').join(': ');
  const had = ownHad(user, shared);
  const beside = [
    ambiguous && user.userPrincipalName !== '' ? ` (${user.userPrincipalName})` : '',
    had === '' ? '' : ` — ${had}`,
  ].join('');
  return {
    name: runText(user.name, fold.text),
    page: personPage(portals, user.userId) ?? '',
    had: beside === '' ? '' : ` ${runText(beside, fold.text)}`,
    state: told === '' ? '' : ` ${runText(`— ${told}`, fold.text)}`,
    color,
  };
}

/** What most of the users had alike: the products with their paths, and the plans that were switched off. */
type Shared = { had: string | null; plans: string | null };

const pathsOf = ({ had }: AffectedUser): string =>
  had.map(({ product, path }) => `${product}, ${path}`).join('; ');

const plansOf = ({ had }: AffectedUser): string =>
  [...new Set(had.flatMap(({ disabledPlans }) => disabledPlans))].sort().join(', ');

function sharedBy(users: readonly AffectedUser[]): Shared {
  const same = (texts: string[]): string | null => (new Set(texts).size === 1 ? (texts[0] ?? null) : null);
  return { had: same(users.map(pathsOf)), plans: same(users.map(plansOf)) };
}

/** "All assigned directly." A product that the title names is not named again. */
function sharedText(users: readonly AffectedUser[], { had, plans }: Shared): string {
  const [first] = users;
  if (!first || had === null || had === '') return '';
  const one = first.had.length === 1 ? first.had[0] : undefined;
  const what = one ? one.path : `had ${had}`;
  const without = plans === null || plans === '' ? '' : `, ${withoutServicePlans(first)}`;
  return users.length === 1
    ? `${capitalised(what)}${without}.`
    : `${one ? 'All' : 'Each'} ${what}${without}.`;
}

/** What somebody had that is not said for all. */
function ownHad(user: AffectedUser, shared: Shared): string {
  const had = shared.had === null ? pathsOf(user) : '';
  const plans =
    shared.plans === null || (shared.had === null && shared.plans !== '') ? withoutServicePlans(user) : '';
  return [had, plans].filter((part) => part !== '').join(', ');
}

/** "without Kaizala Pro and Sway" */
function withoutServicePlans(user: AffectedUser): string {
  const plans = [...new Set(user.had.flatMap(({ disabledPlans }) => disabledPlans))];
  return plans.length === 0 ? '' : `without ${listedUpTo(plans, SERVICE_PLANS_SHOWN)}`;
}
