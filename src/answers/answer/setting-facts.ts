import type { SettingChange, SettingRequest } from '../../domain/settings/setting-change.ts';

/** A setting as it is now. `value` is its text, null where nobody set it. */
export type SettingNow = {
  key: string;
  value: string | null;
  /** Who set it: the environment, somebody in chat (`at` is ms UTC), or nobody. */
  by: 'environment' | 'nobody' | { name: string; at: number };
  /** Why what was set in chat does nothing; null where it counts. */
  ignored: string | null;
};

/** What answers can know of settings; the terminal, which has no chat, has none of it. */
export type SettingFacts = {
  /** Every setting that may be made in chat, and those of products that were. */
  all(): Promise<SettingNow[]>;
  /** What is stored under these keys, whatever the environment says. */
  inChat(keys: readonly string[]): Promise<(string | null)[]>;
  /** Why these changes cannot be, a sentence; null when they can. */
  refusal(changes: readonly SettingChange[]): string | null;
  /** Changes of roles that wait for a second owner. */
  requests(): Promise<SettingRequest[]>;
  /** Names of these groups; of one that is not known there is none. */
  groupNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What a name in the environment may not be set in chat for; null for one that may. */
  notForChat(name: string): string | null;
};
