import { listed } from '../english.ts';
import type { Destination } from './destinations.ts';
import type { QuietHours } from './quiet-hours.ts';
import type { Route, Where } from './route.ts';

/** The channel that is set in chat, for people; `name` is what it is called, null where none is set or known. */
export const chatChannel = (name: string | null): string =>
  name === null ? 'the channel that is set in chat' : `${name} (the channel that is set in chat)`;

/** Where alerts go, for people. */
export const whereInWords = (where: Where, chat: string | null): string =>
  where.kind === 'channel' ? where.name : where.kind === 'chat' ? chatChannel(chat) : 'nowhere';

const DAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** "22:00–07:00", "Mon, Tue 22:00–07:00"; empty for none. */
export const quietInWords = (quiet: QuietHours): string =>
  quiet
    .map(({ days, from, to }) => {
      const named = days.length === 7 ? '' : `${days.map((day) => DAY_NAMES[day - 1]).join(', ')} `;
      return `${named}${clock(from)}–${clock(to)}`;
    })
    .join('; ');

/** One row of the tree as people read it. */
export type RouteRow = {
  /** The conditions from the root on; empty for the root. */
  what: string[];
  where: Where;
  /** "mentions Security on call", "quiet 22:00–07:00 (Europe/Amsterdam) below high", … */
  beside: string[];
};

/** The tree from the top, each route once, in the order in which routes are tried. */
export function routeRows(root: Route): RouteRow[] {
  const rows: RouteRow[] = [];
  const visit = (route: Route, above: readonly string[], from: Route | null): void => {
    const what = from === null ? [] : [...above, route.title];
    rows.push({ what, where: route.where, beside: besideOf(route) });
    for (const next of route.routes) visit(next, what, route);
  };
  visit(root, [], null);
  return rows;
}

function besideOf({
  mention,
  onCall,
  quiet,
  timeZone,
  breaksThrough,
  massBreaksThrough,
  digest,
  goesOn,
}: Route): string[] {
  const hours = quietInWords(quiet);
  const through = [
    `${breaksThrough}${breaksThrough === 'critical' ? '' : ' and above'}`,
    ...(massBreaksThrough ? ['mass losses'] : []),
  ];
  return [
    ...(mention ? [`mentions ${mention.name}`] : []),
    ...(onCall ? [`calls ${onCall.name} when nobody reacts`] : []),
    ...(hours === '' ? [] : [`quiet ${hours} (${timeZone}), ${listed(through)} break through`]),
    ...(digest === null ? ['no digest'] : [`${digest}${digest === 'low' ? '' : ' and below'} in the digest`]),
    ...(goesOn ? ['then the next routes too'] : []),
  ];
}

/** The way through the tree: "everything → class roles (line 8) → level critical (line 13)". */
export const pathInWords = ({ path }: Pick<Destination, 'path'>): string =>
  path.map(({ title, line }) => (line === null ? title : `${title} (line ${line})`)).join(' → ');
