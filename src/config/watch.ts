import type { Settings } from './settings.ts';
import { CronLine, NotificationUrl, Percent, SettleTime, Text, TimeZone } from './values.ts';

export type WatchConfig = {
  /** Cron lines, in `timeZone`; the field for seconds is optional. */
  scanSchedule: string;
  fullScanSchedule: string;
  collectSchedule: string;
  auditCheckSchedule: string;
  /** Where Microsoft Graph posts what changed; null: it is asked at the times above only. */
  notificationUrl: string | null;
  settleMs: number;
  massLossPercent: number;
  timeZone: string;
  /** Rules about audit records beside ours: a folder, and a file of what placeholders stand for. */
  detections: { path: string | null; values: string | null };
};

/** Reads when to look and when to speak. */
export function readWatch(settings: Settings): WatchConfig {
  return {
    scanSchedule: settings.readOrDefault('SCAN_SCHEDULE', CronLine),
    fullScanSchedule: settings.readOrDefault('FULL_SCAN_SCHEDULE', CronLine),
    collectSchedule: settings.readOrDefault('COLLECT_SCHEDULE', CronLine),
    auditCheckSchedule: settings.readOrDefault('AUDIT_CHECK_SCHEDULE', CronLine),
    notificationUrl: settings.read<string | null>('NOTIFICATION_URL', NotificationUrl, null),
    settleMs: settings.readOrDefault('SETTLE_MINUTES', SettleTime),
    massLossPercent: settings.readOrDefault('MASS_LOSS_PERCENT', Percent),
    timeZone: settings.readOrDefault('TIME_ZONE', TimeZone),
    detections: {
      path: settings.read<string | null>('DETECTIONS_PATH', Text, null),
      values: settings.read<string | null>('DETECTION_VALUES', Text, null),
    },
  };
}
