import { type BotConfig, type HttpConfig, readBot, readHttp } from './bot.ts';
import { loadConfig } from './config.ts';
import { type DataConfig, readData } from './data.ts';
import { type RolesConfig, readRoles } from './roles.ts';
import { type Environment, Settings } from './settings.ts';
import { type CloudConfig, readCloud, readTenant, type TenantConfig } from './tenant.ts';

/** One part of the settings. While there are problems its value is a stand-in, of which only what is set may be used. */
export type Part<Value> = { value: Value; problems: string[] };

/** The settings as far as they go: each part by itself, so that one that is wrong does not hide the others. */
export type PartlyConfig = {
  tenant: Part<TenantConfig>;
  cloud: Part<CloudConfig>;
  bot: Part<BotConfig>;
  http: Part<HttpConfig>;
  data: Part<DataConfig>;
  roles: Part<RolesConfig>;
  /** What is wrong with settings of no part above. */
  others: string[];
};

/** Reads the settings for somebody who wants to know what is wrong with them, too. Never throws. */
export function readPartly(env: Environment): PartlyConfig {
  const part = <Value>(read: (settings: Settings) => Value): Part<Value> => {
    const settings = new Settings(env);
    const value = read(settings);
    return { value, problems: settings.problems };
  };
  const parts = {
    tenant: part(readTenant),
    cloud: part(readCloud),
    bot: part((settings) => {
      // What is wrong with the addresses is said of them.
      const { value: http } = part(readHttp);
      return readBot(settings, http);
    }),
    http: part(readHttp),
    data: part(readData),
    roles: part(readRoles),
  };
  const said = new Set(Object.values(parts).flatMap(({ problems }) => problems));
  const loaded = loadConfig(env);
  const others = loaded.ok ? [] : loaded.problems.filter((problem) => !said.has(problem));
  return { ...parts, others };
}
