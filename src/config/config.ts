import { type BotConfig, type HttpConfig, readBot, readHttp } from './bot.ts';
import { type DataConfig, readData } from './data.ts';
import { noteGiven } from './given.ts';
import { type LogConfig, readLog } from './log.ts';
import { type ModelConfig, readModel } from './model.ts';
import { type OnCallConfig, readOnCall } from './on-call.ts';
import { type RolesConfig, readRoles } from './roles.ts';
import { type RoutingConfig, readRouting } from './routing.ts';
import { type Environment, Settings } from './settings.ts';
import { readSpend, type SpendConfig } from './spend.ts';
import { readTelemetry, type TelemetryConfig } from './telemetry.ts';
import { type CloudConfig, readCloud, readTenant, type TenantConfig } from './tenant.ts';
import { misspeltNames } from './unknown-names.ts';
import { readWatch, type WatchConfig } from './watch.ts';

/** The environment, checked. Ids are lower case, times are milliseconds. */
export type Config = {
  bot: BotConfig;
  http: HttpConfig;
  tenant: TenantConfig;
  cloud: CloudConfig;
  data: DataConfig;
  watch: WatchConfig;
  onCall: OnCallConfig | null;
  routing: RoutingConfig;
  roles: RolesConfig;
  spend: SpendConfig;
  model: ModelConfig | null;
  log: LogConfig;
  telemetry: TelemetryConfig | null;
};

/** What a command needs that only looks into the database. */
export type StoredDataConfig = Pick<Config, 'data' | 'watch' | 'routing' | 'spend' | 'model' | 'log'>;

/** `problems` are sentences that say what to set, `warnings` what does nothing; none holds a secret. */
export type Loaded<Settled> =
  | { ok: true; config: Settled; warnings: string[] }
  | { ok: false; problems: string[] };

/**
 * Checks all settings and returns them as one object, or every problem at once.
 * @param env names and values as in `process.env`; a missing or blank value counts as not set, and
 *   `SECRET_<NAME>` stands in for `<NAME>`, as the Agents Toolkit writes it
 */
export function loadConfig(env: Environment): Loaded<Config> {
  const settings = new Settings(env);
  const http = readHttp(settings);
  return settled(env, settings, {
    bot: readBot(settings, http),
    http,
    tenant: readTenant(settings),
    cloud: readCloud(settings),
    data: readData(settings),
    watch: readWatch(settings),
    onCall: readOnCall(settings),
    routing: readRouting(settings),
    roles: readRoles(settings),
    spend: readSpend(settings),
    model: readModel(settings),
    log: readLog(settings),
    telemetry: readTelemetry(settings),
  });
}

/** As `loadConfig`, for commands that read the database and never speak to Microsoft or to Teams. */
export function loadDataConfig(env: Environment): Loaded<StoredDataConfig> {
  const settings = new Settings(env);
  return settled(env, settings, {
    data: readData(settings),
    watch: readWatch(settings),
    routing: readRouting(settings),
    spend: readSpend(settings),
    model: readModel(settings),
    log: readLog(settings),
  });
}

function settled<Settled extends object>(
  env: Environment,
  settings: Settings,
  config: Settled,
): Loaded<Settled> {
  const problems = [...settings.problems, ...misspeltNames(env)];
  if (problems.length > 0) return { ok: false, problems };
  noteGiven(config, env);
  return { ok: true, config, warnings: settings.warnings };
}
