import type { Person } from '../access/person.ts';

/** A setting that somebody set in chat, as its text. `key` is a name, or a name with a product. `at` is ms UTC. */
export type StoredSetting = { key: string; value: string; at: number; by: Person };

/** What a setting was in chat, and what it becomes; null where chat says nothing. */
export type SettingChange = { key: string; from: string | null; to: string | null };

/** A change of roles that waits for a second owner. Times are ms UTC. */
export type SettingRequest = {
  id: string;
  at: number;
  expiresAt: number;
  by: Person;
  changes: SettingChange[];
};

/** What somebody asks for in chat, once a card has asked. */
export type SettingsAsked =
  | { kind: 'change'; changes: SettingChange[] }
  | { kind: 'confirm' | 'decline'; requestId: string };

/** What takes changes back. */
export const reversed = (changes: readonly SettingChange[]): SettingChange[] =>
  changes.map(({ key, from, to }) => ({ key, from: to, to: from }));

/** The stored settings as they would be after the changes. */
export function settingsAfter(
  stored: readonly Pick<StoredSetting, 'key' | 'value'>[],
  changes: readonly SettingChange[],
): { key: string; value: string }[] {
  const values = new Map(stored.map(({ key, value }) => [key, value]));
  for (const { key, to } of changes) {
    if (to === null) values.delete(key);
    else values.set(key, to);
  }
  return [...values].map(([key, value]) => ({ key, value }));
}
