import { count, numeral } from '../numerals.ts';
import { chatSetting, isGroupSetting, productOf, settingTitle } from './chat-settings.ts';
import type { SettingChange } from './setting-change.ts';

/** Names of groups by their ids, as far as they are known. */
export type GroupNames = ReadonlyMap<string, string>;

const NO_NAMES: GroupNames = new Map();

const UNITS: Readonly<Record<string, string>> = {
  SETTLE_MINUTES: 'minute',
  ESCALATE_AFTER_MINUTES: 'minute',
  AUDIT_RETENTION_DAYS: 'day',
  SECOND_APPROVER_ABOVE_USERS: 'user',
};

/** What a setting says: "22:00-07:00", "400 days", "the group Service Desk"; what holds without it for null. */
export function valueInWords(key: string, value: string | null, names: GroupNames = NO_NAMES): string {
  if (value === null) return chatSetting(key)?.unset ?? 'as Microsoft or the file says';
  if (productOf(key) !== null) return value;
  if (isGroupSetting(key)) {
    const name = names.get(value.toLowerCase());
    return name === undefined ? `the group ${value}` : `the group ${name}`;
  }
  const unit = UNITS[key];
  if (unit !== undefined && /^\d+(\.\d+)?$/.test(value)) {
    return Number.isInteger(Number(value))
      ? count(Number(value), unit)
      : `${numeral(Number(value))} ${unit}s`;
  }
  if (key === 'MASS_LOSS_PERCENT') return `${value}%`;
  if (/^true$/i.test(value)) return 'on';
  return /^false$/i.test(value) ? 'off' : value;
}

/** "Quiet hours: never → 22:00-07:00". */
export const changeInWords = ({ key, from, to }: SettingChange, names: GroupNames = NO_NAMES): string =>
  `${settingTitle(key)}: ${valueInWords(key, from, names)} → ${valueInWords(key, to, names)}`;

/** All of them in a line. */
export const changesInWords = (changes: readonly SettingChange[], names: GroupNames = NO_NAMES): string =>
  changes.map((change) => changeInWords(change, names)).join('; ');
