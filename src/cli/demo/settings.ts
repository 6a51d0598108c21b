import type { Environment } from '../../config/settings.ts';
import { OPERATORS_GROUP_ID } from '../../simulator/scenarios/well-known.ts';
import type { Simulator } from '../../simulator/start.ts';

/** Where the demo keeps its database, its log and the Playground's project file. Emptied at each start. */
export const DEMO_FOLDER = 'data/demo';
export const DEMO_DATABASE = `file:./${DEMO_FOLDER}/license-watch.db`;
/** Where a demo with PostgreSQL says which database it has, while it runs. */
export const DEMO_POSTGRES_FILE = `${DEMO_FOLDER}/database-url`;

/** A loss settles for this many seconds, divided by the speed: long enough to see that it waits. */
const SETTLE_SECONDS = 6;

/**
 * The settings of the demo's bot: the simulated tenant as a cloud of its own, no sign-in of the bot on the
 * loopback address, and everything faster than in life.
 * @param options.speed divides the settle time
 * @param options.secondApprover whether another operator confirms each reassign
 */
export function demoSettings(
  simulator: Simulator,
  options: {
    port: number;
    speed: number;
    timeZone: string;
    secondApprover: boolean;
    databaseUrl?: string;
  },
): Environment {
  const { port, speed, timeZone, secondApprover, databaseUrl = DEMO_DATABASE } = options;
  return {
    HOST: '127.0.0.1',
    PORT: String(port),
    AAD_APP_TENANT_ID: simulator.tenantId,
    AAD_APP_CLIENT_ID: simulator.clientId,
    AAD_APP_CLIENT_SECRET: simulator.clientSecret,
    CLOUD: 'custom',
    AUTHORITY_URL: simulator.origin,
    GRAPH_URL: simulator.origin,
    MANAGEMENT_API_URL: simulator.origin,
    DATABASE_URL: databaseUrl,
    SCAN_SCHEDULE: '*/4 * * * * *',
    FULL_SCAN_SCHEDULE: '*/10 * * * *',
    COLLECT_SCHEDULE: '*/6 * * * * *',
    AUDIT_CHECK_SCHEDULE: '*/20 * * * * *',
    SETTLE_MINUTES: String(SETTLE_SECONDS / speed / 60),
    TIME_ZONE: timeZone,
    READER_GROUP_ID: OPERATORS_GROUP_ID,
    OPERATOR_GROUP_ID: OPERATORS_GROUP_ID,
    OWNER_GROUP_ID: OPERATORS_GROUP_ID,
    REQUIRE_SECOND_APPROVER: String(secondApprover),
  };
}
