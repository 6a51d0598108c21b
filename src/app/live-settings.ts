import { type Ignored, type LiveConfig, liveConfig } from '../config/live.ts';
import type { Environment } from '../config/settings.ts';
import { nameProducts } from '../domain/license/catalogue.ts';
import type { Store } from '../domain/ports.ts';
import type { StoredSetting } from '../domain/settings/setting-change.ts';

/** The settings in force: of the environment, and of the chat where it says nothing. */
export type LiveSettings = {
  /** What the environment gives, without secrets. */
  given: Environment;
  /** The same object until a setting changes. */
  current(): LiveConfig;
  /** What people set in chat, as it was read last. */
  stored(): readonly StoredSetting[];
  /** Settings of the chat that do nothing, and why. */
  ignored(): readonly Ignored[];
  /** Reads again what other processes may have set, unless that was done just now. Never throws. */
  refresh(): Promise<void>;
  /** Reads again now. Never throws. */
  reload(): Promise<void>;
};

type Log = { info(data: object, message: string): void; warn(data: object, message: string): void };

export type LiveSettingsOptions = {
  /** What the environment gives, without secrets. */
  given: Environment;
  store: Pick<Store, 'settings'>;
  /** Ms from some beginning, by a clock that nobody sets. */
  uptime: () => number;
  log: Log;
};

/** What another process sets counts here within this time, ms. */
const FRESH_FOR_MS = 1_000;

/** Reads the settings that are made in chat, and keeps them beside those of the environment. */
export function createLiveSettings({ given, store, uptime, log }: LiveSettingsOptions): LiveSettings {
  let stored: StoredSetting[] = [];
  let inForce = liveConfig(given, []);
  let seen = '[]';
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;

  async function read(): Promise<void> {
    try {
      const found = await store.settings.all();
      readAt = uptime();
      const text = JSON.stringify(found);
      if (text === seen) return;
      seen = text;
      stored = found;
      inForce = liveConfig(given, found);
      nameProducts(inForce.live.productNames);
      log.info({ keys: found.map(({ key }) => key) }, 'settings made in chat were read');
      for (const { key, why } of inForce.ignored)
        log.warn({ key, why }, 'a setting made in chat does nothing');
    } catch (err) {
      log.warn({ err }, 'settings made in chat could not be read: those that were read last hold');
    }
  }

  const reload = (): Promise<void> => {
    reading ??= read().finally(() => {
      reading = null;
    });
    return reading;
  };

  return {
    given,
    current: () => inForce.live,
    stored: () => stored,
    ignored: () => inForce.ignored,
    refresh: async () => {
      if (uptime() - readAt >= FRESH_FOR_MS) await reload();
    },
    async reload() {
      // One that is under way may have begun before what has to be seen.
      await reading;
      await reload();
    },
  };
}
