import { MINUTE_MS } from '../domain/durations.ts';
import type { Settings } from './settings.ts';
import { CronLine, Percent, SettleTime, TimeZone } from './values.ts';

export type WatchConfig = {
  /** Cron lines, in `timeZone`; the field for seconds is optional. */
  scanSchedule: string;
  fullScanSchedule: string;
  collectSchedule: string;
  auditCheckSchedule: string;
  settleMs: number;
  massLossPercent: number;
  timeZone: string;
};

/** Reads when to look and when to speak. */
export function readWatch(settings: Settings): WatchConfig {
  return {
    scanSchedule: settings.read('SCAN_SCHEDULE', CronLine, '*/5 * * * *'),
    fullScanSchedule: settings.read('FULL_SCAN_SCHEDULE', CronLine, '0 */6 * * *'),
    collectSchedule: settings.read('COLLECT_SCHEDULE', CronLine, '*/5 * * * *'),
    auditCheckSchedule: settings.read('AUDIT_CHECK_SCHEDULE', CronLine, '*/30 * * * *'),
    settleMs: settings.read('SETTLE_MINUTES', SettleTime, 5 * MINUTE_MS),
    massLossPercent: settings.read('MASS_LOSS_PERCENT', Percent, 10),
    timeZone: settings.read('TIME_ZONE', TimeZone, 'UTC'),
  };
}
