import type { NewId } from '../domain/ports.ts';
import type { Logger } from '../observability/logger.ts';
import type { Portals } from './cards/portal-links.ts';
import type { CommandText } from './cards/welcome.ts';
import type { Pressers } from './channel-operators.ts';
import type { FileConsentFlow } from './files/file-consent-flow.ts';
import type { BotServices } from './services.ts';
import type { Over } from './turns/turn-limits.ts';

/** What every listener and middleware may use besides the turn. */
export type BotContext = {
  services: BotServices;
  files: FileConsentFlow;
  /** What help and the welcome card list. */
  commands: readonly CommandText[];
  /** The tenant whose people may speak with us. */
  tenantId: string;
  /** IANA name of the zone for people whose own is unknown. */
  timeZone: string;
  /** Whether everybody in a channel may see everybody's name: not where people see a part of the users only. */
  channelShowsNames: boolean;
  /** Microsoft's portals of the tenant's cloud. */
  portals: Portals;
  /** A write for more users than this needs a second operator; null: none does. */
  secondAbove: number | null;
  /** Whether Teams of this cloud takes files from bots at all. */
  filesFromBots: boolean;
  /** Who looked after which incident lately. */
  pressers: Pick<Pressers, 'note'>;
  /** ms UTC. */
  now: () => number;
  /** Short, readable aloud: it goes from the person to the log. */
  newReference: NewId;
  /** Called once a turn, for the metrics. */
  onTurn: (kind: string, outcome: 'ok' | 'failed', seconds: number) => void;
  /** Messages of one person that are answered in a minute. */
  turnsPerMinute: number;
  /** Called for each message that is not worked on, with why. */
  onDropped: (over: Over) => void;
  log: Logger;
};
