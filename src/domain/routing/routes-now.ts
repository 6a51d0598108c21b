import type { Routing } from './route.ts';

/** What is wrong with the file of routes. A `warning` does not keep it from being used. */
export type RoutesProblem = { line: number; severity: 'refused' | 'warning'; message: string };

/** The routes that are in force. */
export type RoutesNow = {
  routing: Routing;
  /** The name of the file, without its folder; null where no file is set. */
  file: string | null;
  /** `default`: everything goes to the channel that is set in chat. */
  using: 'file' | 'last-good' | 'default';
  problems: readonly RoutesProblem[];
  /** Names what was read, so that the same trouble is told once. */
  digest: string;
};
