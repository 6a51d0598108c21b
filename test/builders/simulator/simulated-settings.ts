import type { Environment } from '../../../src/config/settings.ts';
import type { Simulator } from '../../../src/simulator/start.ts';

/** A cron line that no test lives to see. */
export const NEVER = '0 0 1 1 *';

/** The settings with which the product watches a simulated tenant on any free port, and tells at once. */
export const settingsFor = (simulator: Simulator, databaseUrl: string): Environment => ({
  PORT: '0',
  AAD_APP_TENANT_ID: simulator.tenantId,
  AAD_APP_CLIENT_ID: simulator.clientId,
  AAD_APP_CLIENT_SECRET: simulator.clientSecret,
  CLOUD: 'custom',
  AUTHORITY_URL: simulator.origin,
  GRAPH_URL: simulator.origin,
  MANAGEMENT_API_URL: simulator.origin,
  DATABASE_URL: databaseUrl,
  FULL_SCAN_SCHEDULE: NEVER,
  COLLECT_SCHEDULE: NEVER,
  AUDIT_CHECK_SCHEDULE: NEVER,
  SETTLE_MINUTES: '0',
});
