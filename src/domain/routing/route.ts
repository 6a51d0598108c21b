import type { Mention } from '../delivery/mention.ts';
import type { Level } from './labels.ts';
import type { Matcher } from './matcher.ts';
import type { QuietHours } from './quiet-hours.ts';

/** Where alerts go: the channel that is set in chat, one by its name or id, or nowhere because the file says so. */
export type Where = { kind: 'chat' } | { kind: 'channel'; name: string } | { kind: 'nowhere' };

/** What a route says, with what it has from those above it. */
export type RouteSays = {
  where: Where;
  /** Who is called as soon as the card is posted. */
  mention: Mention | null;
  /** Who is called when nobody reacts; null: as `ON_CALL` says. */
  onCall: Mention | null;
  quiet: QuietHours;
  /** IANA name of the zone in which its quiet hours are. */
  timeZone: string;
  /** The least level that quiet hours do not hold back. Critical is never held back. */
  breaksThrough: Level;
  /** Whether what hits many users breaks through, whatever its level. */
  massBreaksThrough: boolean;
  /** The worst level that waits for the digest instead of a card; null: none does. Critical never does. */
  digest: Level | null;
};

/** One node of the tree. */
export type Route = RouteSays & {
  /** What a person calls it: its name, else its conditions. */
  title: string;
  /** The line of the file; null for the tree without a file. */
  line: number | null;
  matchers: readonly Matcher[];
  /** Whether routes after it are tried as well. */
  goesOn: boolean;
  routes: readonly Route[];
};

/** The tree, and when the digest comes: minutes since midnight on the wall of `timeZone`. */
export type Routing = { root: Route; digestAt: number; timeZone: string };

/** What holds where a route says nothing. */
export type RoutingDefaults = { quiet: QuietHours; timeZone: string; digestAt: number };

/** High, critical and mass losses break through; low ones come in the digest. */
export const saysByDefault = ({ quiet, timeZone }: RoutingDefaults): RouteSays => ({
  where: { kind: 'chat' },
  mention: null,
  onCall: null,
  quiet,
  timeZone,
  breaksThrough: 'high',
  massBreaksThrough: true,
  digest: 'low',
});

/** Without a file everything goes to the channel that is set in chat. */
export const routingWithoutFile = (defaults: RoutingDefaults): Routing => ({
  root: {
    ...saysByDefault(defaults),
    title: 'everything',
    line: null,
    matchers: [],
    goesOn: false,
    routes: [],
  },
  digestAt: defaults.digestAt,
  timeZone: defaults.timeZone,
});
