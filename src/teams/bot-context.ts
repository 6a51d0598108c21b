import type { NewId } from '../domain/ports.ts';
import type { Logger } from '../observability/logger.ts';
import type { CommandText } from './cards/welcome.ts';
import type { FileDesk } from './files/file-desk.ts';
import type { BotServices } from './services.ts';

/** What every listener and middleware may use besides the turn. */
export type BotContext = {
  services: BotServices;
  files: FileDesk;
  /** What help and the welcome card list. */
  commands: readonly CommandText[];
  /** The tenant whose people may speak with us. */
  tenantId: string;
  /** IANA name of the zone for people whose own is unknown. */
  timeZone: string;
  /** Whether everybody in a channel may see everybody's name: not where people see a part of the users only. */
  channelShowsNames: boolean;
  /** ms UTC. */
  now: () => number;
  /** Short, readable aloud: it goes from the person to the log. */
  newReference: NewId;
  /** Called once a turn, for the metrics. */
  onTurn: (kind: string, outcome: 'ok' | 'failed', seconds: number) => void;
  log: Logger;
};
