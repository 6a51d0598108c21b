import type { RoutingConfig } from '../config/routing.ts';
import type { WatchConfig } from '../config/watch.ts';
import type { RoutingDefaults } from '../domain/routing/route.ts';

/** What holds where the file of routes says nothing. */
export const routingDefaults = (
  { quiet, digestAt }: RoutingConfig,
  { timeZone }: Pick<WatchConfig, 'timeZone'>,
): RoutingDefaults => ({ quiet, digestAt, timeZone });
