import { z } from 'zod';
import type { Settings } from './settings.ts';

const LogLevel = z.enum(
  ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
  'trace, debug, info, warn, error, fatal or silent',
);
export type LogConfig = { level: z.infer<typeof LogLevel> };

/** Reads how much is logged. */
export function readLog(settings: Settings): LogConfig {
  return { level: settings.readOrDefault('LOG_LEVEL', LogLevel) };
}
